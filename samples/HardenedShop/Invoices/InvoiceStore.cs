using SecurityToolchain.Runtime.Files;

namespace HardenedShop.Invoices;

public sealed class InvoiceStore(IWebHostEnvironment environment)
{
    private readonly string _folder = Path.Combine(environment.ContentRootPath, "invoices");

    public void Save(int number, byte[] pdf)
    {
        string path = Path.Combine(_folder, number + ".pdf");
        if (!AtomicFile.TryCreateNew(path, out FileStream? stream))
            return;
        using (stream)
            stream.Write(pdf);
    }

    public void Remove(int number) => File.Delete(Path.Combine(_folder, number + ".pdf"));

    public void Archive(int number) =>
        File.Move(Path.Combine(_folder, number + ".pdf"), Path.Combine(_folder, "archive", number + ".pdf"), overwrite: true);
}
