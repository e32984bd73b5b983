using HardenedShop.Data;
using Microsoft.AspNetCore.Mvc;

namespace HardenedShop.Accounts;

[ApiController]
[Route("accounts")]
public sealed class AccountsController(ShopContext shop) : ControllerBase
{
    [HttpDelete("{id:int}")]
    public async Task<IActionResult> Delete(int id)
    {
        if (!User.IsInRole("admin"))
            return Forbid();
        shop.Accounts.Remove(new Account { Id = id });
        await shop.SaveChangesAsync();
        return NoContent();
    }

    [HttpPut("{id:int}")]
    public async Task<IActionResult> Update(int id, [FromBody] AccountUpdate update)
    {
        Account? account = await shop.Accounts.FindAsync(id);
        if (account is null)
            return NotFound();
        account.Address = update.Address;
        await shop.SaveChangesAsync();
        return NoContent();
    }
}
