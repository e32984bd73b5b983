using Microsoft.AspNetCore.Mvc;

namespace InsecureShop.Accounts;

[ApiController]
[Route("preferences")]
public sealed class PreferencesController : ControllerBase
{
    [HttpPost]
    public IActionResult Theme([FromForm] string theme)
    {
        Response.Headers.Append("Set-Cookie", "theme=" + theme + "; path=/"); // expect STC1014
        return NoContent();
    }
}
