namespace HardenedShop.Invoices;

public sealed class InvoiceExport
{
    public static string NewExportFile() => Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static void Share(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
