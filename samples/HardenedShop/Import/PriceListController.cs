using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Mvc;

namespace HardenedShop.Import;

[ApiController]
[Route("prices")]
public sealed class PriceListController(IHttpClientFactory clients) : ControllerBase
{
    private static readonly Dictionary<int, string> s_suppliers = new() { [1] = "https://prices.north.example/list.xml", [2] = "https://prices.south.example/list.xml" };

    private static readonly XmlDocument s_prices = new();

    [HttpPost("upload")]
    public IActionResult Upload(IFormFile file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(file.OpenReadStream(), settings);
        s_prices.Load(reader);
        return NoContent();
    }

    [HttpPost("fetch")]
    public async Task<IActionResult> Fetch([FromForm] int supplier)
    {
        if (!s_suppliers.TryGetValue(supplier, out string? url))
            return NotFound();
        string xml = await clients.CreateClient().GetStringAsync(url);
        return Ok(xml.Length);
    }

    [HttpGet("{sku}")]
    public IActionResult Price(string sku)
    {
        XmlNode? node = s_prices.SelectNodes("/prices/item")!.Cast<XmlNode>().FirstOrDefault(item => item.Attributes?["sku"]?.Value == sku);
        return node is null ? NotFound() : Ok(node.InnerText);
    }

    [HttpGet("matching")]
    public IActionResult Matching([FromQuery] string pattern)
    {
        var regex = new Regex(Regex.Escape(pattern), RegexOptions.NonBacktracking);
        return Ok(s_prices.SelectNodes("/prices/item")!.Cast<XmlNode>().Count(node => regex.IsMatch(node.InnerText)));
    }

    [HttpGet("formatted")]
    public IActionResult Formatted([FromQuery] decimal price) =>
        Ok(string.Format(CultureInfo.InvariantCulture, "{0:F2} EUR", price));
}
