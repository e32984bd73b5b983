using InsecureShop.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InsecureShop.Catalogue;

[ApiController]
[Route("orders")]
public sealed class OrdersController(ShopContext shop) : ControllerBase
{
    [HttpGet]
    public Task<List<Order>> Find([FromQuery] string customer) =>
        shop.Orders.FromSqlRaw($"SELECT * FROM Orders WHERE Customer = '{customer}'").ToListAsync(); // expect STC1001

    [HttpPost("{id:int}/status")]
    public async Task<IActionResult> SetStatus(int id, [FromForm] string status)
    {
        string sql = "UPDATE Orders SET Status = '" + status + "' WHERE Id = " + id;
        await shop.Database.ExecuteSqlRawAsync(sql); // expect STC1001
        return NoContent();
    }
}
