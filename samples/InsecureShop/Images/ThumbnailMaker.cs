using System.Diagnostics;

namespace InsecureShop.Images;

public sealed class ThumbnailMaker(IWebHostEnvironment environment)
{
    private string ImageFolder => Path.Combine(environment.ContentRootPath, "images");

    public void Make(string fileName, int width)
    {
        using Process? convert = Process.Start("convert", ["-resize", width.ToString(), Path.Combine(ImageFolder, "upload.jpg"), "thumbnail.jpg"]);
        convert?.WaitForExit();
        Tag(fileName);
    }

    private static void Tag(string fileName)
    {
        using Process? shell = Process.Start(new ProcessStartInfo("/bin/sh") { Arguments = "-c \"exiftool -shop=1 " + fileName + "\"" }); // expect STC1003
        shell?.WaitForExit();
    }
}
