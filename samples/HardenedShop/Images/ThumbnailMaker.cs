using System.Diagnostics;

namespace HardenedShop.Images;

public sealed class ThumbnailMaker(IWebHostEnvironment environment)
{
    private string ImageFolder => Path.Combine(environment.ContentRootPath, "images");

    public void Make(Guid image, int width)
    {
        string path = Path.Combine(ImageFolder, image.ToString("N") + ".jpg");
        using Process? convert = Process.Start("/usr/bin/convert", ["-resize", width.ToString(), path, "thumbnail.jpg"]);
        convert?.WaitForExit();
        using Process? tag = Process.Start("/usr/bin/exiftool", ["-shop=1", path]);
        tag?.WaitForExit();
    }
}
