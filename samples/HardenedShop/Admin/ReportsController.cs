using Microsoft.AspNetCore.Mvc;

namespace HardenedShop.Admin;

[ApiController]
[Route("admin/reports")]
public sealed class ReportsController : ControllerBase
{
    private static readonly Dictionary<string, Func<decimal, decimal>> s_formulas = new(StringComparer.Ordinal)
    {
        ["net"] = gross => gross / 1.19m,
        ["rounded"] = gross => decimal.Round(gross, 2),
    };

    private static readonly Dictionary<string, Func<object>> s_exporters = new(StringComparer.Ordinal)
    {
        ["list"] = () => new List<string>(),
        ["set"] = () => new HashSet<string>(),
    };

    [HttpPost("formula")]
    public IActionResult Formula([FromForm] string formula, [FromForm] decimal gross) =>
        s_formulas.TryGetValue(formula, out Func<decimal, decimal>? compute) ? Ok(compute(gross)) : NotFound();

    [HttpPost("export")]
    public IActionResult Export([FromForm] string exporter) =>
        s_exporters.TryGetValue(exporter, out Func<object>? create) ? Ok(create().ToString()) : NotFound();
}
