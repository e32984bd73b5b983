using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Mvc;

namespace InsecureShop.Import;

[ApiController]
[Route("prices")]
public sealed class PriceListController(IHttpClientFactory clients) : ControllerBase
{
    private static readonly XmlDocument s_prices = new();

    [HttpPost("upload")]
    public IActionResult Upload(IFormFile file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = new XmlUrlResolver() }; // expect STC1010
        using XmlReader reader = XmlReader.Create(file.OpenReadStream(), settings);
        s_prices.Load(reader);
        return NoContent();
    }

    [HttpPost("fetch")]
    public async Task<IActionResult> Fetch([FromForm] string url)
    {
        string xml = await clients.CreateClient().GetStringAsync(url); // expect STC1013
        return Ok(xml.Length);
    }

    [HttpGet("{sku}")]
    public IActionResult Price(string sku)
    {
        XmlNode? node = s_prices.SelectSingleNode("/prices/item[@sku='" + sku + "']"); // expect STC1009
        return node is null ? NotFound() : Ok(node.InnerText);
    }

    [HttpGet("matching")]
    public IActionResult Matching([FromQuery] string pattern)
    {
        var regex = new Regex(pattern); // expect STC1018
        return Ok(s_prices.SelectNodes("/prices/item")!.Cast<XmlNode>().Count(node => regex.IsMatch(node.InnerText)));
    }

    [HttpGet("formatted")]
    public IActionResult Formatted([FromQuery] string format, [FromQuery] decimal price) =>
        Ok(string.Format(CultureInfo.InvariantCulture, format, price)); // expect STC1019
}
