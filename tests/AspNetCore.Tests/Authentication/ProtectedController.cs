using Microsoft.AspNetCore.Mvc;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

[ApiController]
[Route("controller")]
public sealed class ProtectedController : ControllerBase
{
    [HttpGet("admin")]
    [AuthorizePermission("admin")]
    public string Admin() => "admin";

    /// <summary>The attribute of the library without ASP.NET Core.</summary>
    [HttpGet("core")]
    [RequirePermission("admin")]
    public string Core() => "admin";

    [HttpGet("write")]
    [RequirePermission("write")]
    public string Write() => "written";
}
