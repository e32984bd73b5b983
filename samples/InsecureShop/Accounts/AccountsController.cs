using InsecureShop.Data;
using Microsoft.AspNetCore.Mvc;

namespace InsecureShop.Accounts;

[ApiController]
[Route("accounts")]
public sealed class AccountsController(ShopContext shop) : ControllerBase
{
    [HttpPut("{id:int}")]
    public async Task<IActionResult> Update(int id, [FromBody] Account account)
    {
        account.Id = id;
        shop.Accounts.Update(account); // expect STC1020
        await shop.SaveChangesAsync();
        return NoContent();
    }
}
