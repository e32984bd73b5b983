using System.Diagnostics;

namespace InsecureShop.Images;

public sealed class ThumbnailMaker(IWebHostEnvironment environment)
{
    private string ImageFolder => Path.Combine(environment.ContentRootPath, "images");

    public void Make(string fileName, int width)
    {
        var info = new ProcessStartInfo("convert") { UseShellExecute = true }; // expect STC1004
        info.ArgumentList.Add("-resize");
        info.ArgumentList.Add(width.ToString());
        info.ArgumentList.Add(Path.Combine(ImageFolder, "upload.jpg"));
        info.ArgumentList.Add("thumbnail.jpg");
        using Process? convert = Process.Start(info);
        convert?.WaitForExit();
        Tag(fileName);
    }

    private static void Tag(string fileName)
    {
        using Process? shell = Process.Start(new ProcessStartInfo("/bin/sh") { Arguments = "-c \"exiftool -shop=1 " + fileName + "\"" }); // expect STC1003
        shell?.WaitForExit();
    }
}
