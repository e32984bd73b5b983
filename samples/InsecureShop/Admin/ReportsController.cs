using Microsoft.AspNetCore.Mvc;
using Microsoft.CodeAnalysis.CSharp.Scripting;

namespace InsecureShop.Admin;

[ApiController]
[Route("admin/reports")]
public sealed class ReportsController : ControllerBase
{
    [HttpPost("formula")]
    public async Task<IActionResult> Formula([FromForm] string formula) => Ok(await CSharpScript.EvaluateAsync<decimal>(formula)); // expect STC1016

    [HttpPost("export")]
    public IActionResult Export([FromForm] string exporter)
    {
        Type? type = Type.GetType(exporter); // expect STC1017
        return type is null ? NotFound() : Ok(Activator.CreateInstance(type)?.ToString());
    }
}
