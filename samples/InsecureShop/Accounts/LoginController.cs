using Microsoft.AspNetCore.Mvc;

namespace InsecureShop.Accounts;

[ApiController]
[Route("login")]
public sealed class LoginController(PasswordReset reset) : ControllerBase
{
    [HttpGet("done")]
    public IActionResult Done([FromQuery] string returnUrl) => Redirect(returnUrl); // expect STC1012

    [HttpPost("reset")]
    public IActionResult Reset([FromForm] int accountId, [FromForm] string campaign)
    {
        Response.Headers.Append("Refresh", "5; url=/login?campaign=" + campaign);
        return Ok(reset.CreateResetToken(accountId).Length);
    }
}
