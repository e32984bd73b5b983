using System.DirectoryServices.Protocols;
using HardenedShop.Accounts;
using HardenedShop.Catalogue;
using HardenedShop.Data;
using HardenedShop.Images;
using HardenedShop.Invoices;
using HardenedShop.Payments;
using HardenedShop.Reviews;
using HardenedShop.Staff;
using Microsoft.EntityFrameworkCore;
using MongoDB.Driver;
using SecurityToolchain.Runtime.Secrets;

// The same shop as InsecureShop after the fixes: every weakness is gone, and SecurityToolchain reports nothing.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddAuthentication().AddCookie();
builder.Services.AddAuthorization();
builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Shop")));
builder.Services.AddSingleton<IProductSearch, ProductSearch>();
builder.Services.AddSingleton(SecretProvider.FromConfiguration(builder.Configuration));
builder.Services.AddSingleton<PasswordReset>();
builder.Services.AddSingleton<Invitations>();
builder.Services.AddSingleton<CardVault>();
builder.Services.AddSingleton<InvoiceStore>();
builder.Services.AddSingleton<ThumbnailMaker>();
builder.Services.AddSingleton<StaffDirectory>();
builder.Services.AddSingleton(_ => new LdapConnection("ldap.shop.example"));
builder.Services.AddSingleton(_ => new MongoClient("mongodb://localhost").GetDatabase("shop").GetCollection<Review>("reviews"));
builder.Services.AddHttpClient<PaymentClient>();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapControllers();
app.MapGet("/search", (string term, IProductSearch search) => search.FindByName(term));
app.MapGet("/daily-deal", (IProductSearch search) => search.DealOfTheDay());
app.Run();
