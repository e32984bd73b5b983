namespace InsecureShop.Invoices;

public sealed class InvoiceStore(IWebHostEnvironment environment)
{
    private readonly string _folder = Path.Combine(environment.ContentRootPath, "invoices");

    public void Save(int number, byte[] pdf)
    {
        string path = Path.Combine(_folder, number + ".pdf");
        if (!File.Exists(path))
        {
            using FileStream stream = File.Create(path); // expect STC5001
            stream.Write(pdf);
        }
    }

    public void Remove(int number)
    {
        string path = Path.Combine(_folder, number + ".pdf");
        if (File.Exists(path))
            File.Delete(path); // expect STC5001
    }

    public void Archive(int number)
    {
        string path = Path.Combine(_folder, number + ".pdf");
        string target = Path.Combine(_folder, "archive", number + ".pdf");
        if (File.Exists(target))
            File.Delete(target); // expect STC5001
        File.Move(path, target);
    }
}
