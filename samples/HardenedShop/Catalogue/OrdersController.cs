using HardenedShop.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HardenedShop.Catalogue;

[ApiController]
[Route("orders")]
public sealed class OrdersController(ShopContext shop) : ControllerBase
{
    [HttpGet]
    public Task<List<Order>> Find([FromQuery] string customer) =>
        shop.Orders.FromSql($"SELECT * FROM Orders WHERE Customer = {customer}").ToListAsync();

    [HttpPost("{id:int}/status")]
    public async Task<IActionResult> SetStatus(int id, [FromForm] string status)
    {
        await shop.Database.ExecuteSqlAsync($"UPDATE Orders SET Status = {status} WHERE Id = {id}");
        return NoContent();
    }
}
