using Microsoft.AspNetCore.Mvc;

namespace InsecureShop.Staff;

[ApiController]
[Route("staff")]
public sealed class StaffController(StaffDirectory directory) : ControllerBase
{
    [HttpGet]
    public IActionResult Find([FromQuery] string name) => Ok(directory.Find(name).Entries.Count);

    [HttpGet("reports")]
    public IActionResult Reports()
    {
        if (Request.Cookies["role"] == "manager") // expect STC1021
            return Ok("all reports");
        return Forbid();
    }
}
