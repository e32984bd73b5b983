using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace HardenedShop.Staff;

[ApiController]
[Route("staff")]
public sealed class StaffController(StaffDirectory directory) : ControllerBase
{
    [HttpGet]
    public IActionResult Find([FromQuery] string name) => Ok(directory.Find(name).Entries.Count);

    [HttpGet("reports")]
    [Authorize(Roles = "manager")]
    public IActionResult Reports() => Ok("all reports");
}
