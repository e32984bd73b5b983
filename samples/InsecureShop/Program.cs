using System.DirectoryServices.Protocols;
using InsecureShop.Accounts;
using InsecureShop.Catalogue;
using InsecureShop.Data;
using InsecureShop.Images;
using InsecureShop.Invoices;
using InsecureShop.Payments;
using InsecureShop.Reviews;
using InsecureShop.Staff;
using Microsoft.EntityFrameworkCore;
using MongoDB.Driver;

// A small web shop, written the way that tutorials, deadlines and copied snippets produce. Each line that SecurityToolchain reports says so.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Shop")));
builder.Services.AddSingleton<IProductSearch, ProductSearch>();
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
app.MapControllers();
app.MapGet("/search", (string term, IProductSearch search) => search.FindByName(term));
app.MapGet("/daily-deal", (IProductSearch search) => search.DealOfTheDay());
app.Run();
