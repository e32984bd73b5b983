namespace InsecureShop.Invoices;

public sealed class InvoiceExport
{
    public static string NewExportFile() => Path.GetTempFileName(); // expect STC5002

    public static void Share(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite); // expect STC5003
    }
}
