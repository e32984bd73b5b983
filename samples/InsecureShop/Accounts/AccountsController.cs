using InsecureShop.Data;
using Microsoft.AspNetCore.Mvc;

namespace InsecureShop.Accounts;

[ApiController]
[Route("accounts")]
public sealed class AccountsController(ShopContext shop) : ControllerBase
{
    [HttpDelete("{id:int}")]
    public async Task<IActionResult> Delete(int id)
    {
        if (Request.Cookies["isAdmin"] != "true") // expect STC1021
            return Forbid();
        shop.Accounts.Remove(new Account { Id = id });
        await shop.SaveChangesAsync();
        return NoContent();
    }

    [HttpPut("{id:int}")]
    public async Task<IActionResult> Update(int id, [FromBody] Account account)
    {
        account.Id = id;
        shop.Accounts.Update(account); // expect STC1020
        await shop.SaveChangesAsync();
        return NoContent();
    }
}
