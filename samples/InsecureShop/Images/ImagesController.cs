using System.IO.Compression;
using Microsoft.AspNetCore.Mvc;

namespace InsecureShop.Images;

[ApiController]
[Route("images")]
public sealed class ImagesController(ThumbnailMaker thumbnails, IWebHostEnvironment environment) : ControllerBase
{
    private string ImageFolder => Path.Combine(environment.ContentRootPath, "images");

    [HttpGet("raw")]
    public IActionResult Raw([FromQuery] string name) => File(System.IO.File.ReadAllBytes(Path.Combine(ImageFolder, name)), "image/jpeg"); // expect STC1005

    [HttpGet("checked")]
    public IActionResult Checked([FromQuery] string name)
    {
        string full = Path.GetFullPath(Path.Combine(ImageFolder, name));
        if (!full.StartsWith(ImageFolder)) // expect STC1006
            return BadRequest();
        return PhysicalFile(full, "image/jpeg");
    }

    [HttpPost("thumbnail")]
    public IActionResult Thumbnail([FromForm] string name)
    {
        thumbnails.Make(name, 120);
        return NoContent();
    }

    [HttpPost("bulk")]
    public IActionResult Bulk(IFormFile archive)
    {
        using var zip = new ZipArchive(archive.OpenReadStream());
        foreach (ZipArchiveEntry entry in zip.Entries)
            entry.ExtractToFile(Path.Combine(ImageFolder, entry.FullName), overwrite: true); // expect STC1007
        return NoContent();
    }
}
