using HardenedShop.Accounts;
using Microsoft.EntityFrameworkCore;

namespace HardenedShop.Data;

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Order> Orders => Set<Order>();
}
