using System.IO.Compression;
using Microsoft.AspNetCore.Mvc;

namespace HardenedShop.Images;

[ApiController]
[Route("images")]
public sealed class ImagesController(ThumbnailMaker thumbnails, IWebHostEnvironment environment) : ControllerBase
{
    private string ImageFolder => Path.Combine(environment.ContentRootPath, "images");

    [HttpGet("raw")]
    public IActionResult Raw([FromQuery] Guid image) => File(System.IO.File.ReadAllBytes(Path.Combine(ImageFolder, image.ToString("N") + ".jpg")), "image/jpeg");

    [HttpGet("checked")]
    public IActionResult Checked([FromQuery] string name)
    {
        string full = Path.GetFullPath(Path.Combine(ImageFolder, name));
        if (!full.StartsWith(ImageFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return BadRequest();
        return PhysicalFile(full, "image/jpeg");
    }

    [HttpPost("thumbnail")]
    public IActionResult Thumbnail([FromForm] Guid image)
    {
        thumbnails.Make(image, 120);
        return NoContent();
    }

    [HttpPost("bulk")]
    public IActionResult Bulk(IFormFile archive)
    {
        using var zip = new ZipArchive(archive.OpenReadStream());
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            string target = Path.GetFullPath(Path.Combine(ImageFolder, entry.FullName));
            if (!target.StartsWith(ImageFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                return BadRequest();
            entry.ExtractToFile(target, overwrite: true);
        }

        return NoContent();
    }
}
