using Microsoft.AspNetCore.Mvc;

namespace HardenedShop.Accounts;

[ApiController]
[Route("preferences")]
public sealed class PreferencesController : ControllerBase
{
    [HttpPost]
    public IActionResult Theme([FromForm] string theme)
    {
        Response.Cookies.Append("theme", theme, new CookieOptions { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax });
        return NoContent();
    }
}
