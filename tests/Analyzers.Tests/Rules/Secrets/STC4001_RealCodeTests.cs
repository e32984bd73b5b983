using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Secrets;

/// <summary>Shapes that developers write: credentials in the source, and what looks like them.</summary>
public sealed class STC4001_RealCodeTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.Data.Common;
        using System.Linq;
        using System.Net;
        using System.Net.Http;
        using System.Net.Http.Headers;
        using System.Net.Mail;
        using System.Security;
        using System.Security.Claims;
        using System.Security.Cryptography;
        using System.Security.Cryptography.X509Certificates;
        using System.Text;
        using System.Text.Json.Serialization;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging;
        using Microsoft.Extensions.Options;

        """;

    [Theory]
    // Fields, constants, properties, locals.
    [InlineData("""class Db { private const string Password = [|"Sup3rS3cret!"|]; string Open() => Password; }""")]
    [InlineData("""class Db { private static readonly string _dbPassword = [|"postgres123"|]; }""")]
    [InlineData("""class Mail { public string SmtpPassword { get; set; } = [|"Winter2023!"|]; }""")]
    [InlineData("""class Mail { public string ApiKey => [|"a8f5f167f44f4964e6c998dee827110c"|]; }""")]
    [InlineData("""class Jwt { public string SecretKey { get; } = [|"this is my custom Secret key for authentication"|]; }""")]
    [InlineData("""class Jwt { static readonly byte[] Key = Encoding.UTF8.GetBytes([|"MySuperSecretSigningKey2024"|]); object M() => new HMACSHA256(Key); }""")]
    [InlineData("""class Login { void M() { var pwd = [|"hunter2"|]; Console.WriteLine(pwd.Length); } }""")]
    [InlineData("""class Login { void M() { string adminPassword; adminPassword = [|"Admin@123"|]; Console.WriteLine(adminPassword); } }""")]
    [InlineData("""class Login { bool Check(string user, string password) => user == "admin" && password == [|"letmein99"|]; }""")]
    [InlineData("""class Login { bool Check(string user, string password) { if (user.Equals("root") && password.Equals([|"toor"|])) return true; return false; } }""")]
    [InlineData("""class Login { bool Check(string password) => password switch { [|"Pa55word"|] => true, _ => false }; }""")]
    [InlineData("""class Login { bool Check(string password) => password is [|"opensesame1"|]; }""")]
    // Default values, constructors, named arguments, records, tuples.
    [InlineData("""class Client { Client(string url, string apiKey = [|"9f86d081884c7d659a2feaa0c55ad015"|]) { } }""")]
    [InlineData("""record Options(string User, string Password); class C { Options M() => new("sa", [|"P@ssw0rd"|]); }""")]
    [InlineData("""class Options { public string User { get; set; } = ""; public string Password { get; set; } = ""; } class C { Options M() => new() { User = "sa", Password = [|"yukon900"|] }; }""")]
    [InlineData("""class C { (string user, string password) M() => ("sa", [|"yukon900"|]); }""")]
    [InlineData("""class C { void Connect(string host, string password) { } void M() => Connect("db1", password: [|"Tr0ub4dor&3"|]); }""")]
    [InlineData("""class C { string secret; C() : this([|"kqX9!fooBarBaz42"|]) { } C(string secret) { this.secret = secret; } }""")]
    // Libraries.
    [InlineData("""class C { object M() => new NetworkCredential("svc", [|"S3rv1ce!"|]); }""")]
    [InlineData("""class C { void M(SmtpClient c) { c.Credentials = new NetworkCredential { UserName = "svc", Password = [|"S3rv1ce!"|] }; } }""")]
    [InlineData("""class C { object M(byte[] pfx) => X509CertificateLoader.LoadPkcs12(pfx, [|"keyst0re!"|]); }""")]
    [InlineData("""class C { void M(HttpClient c) => c.DefaultRequestHeaders.Add("X-Api-Key", [|"b5d2c1f0a9e84d7c"|]); }""")]
    [InlineData("""class C { void M(HttpClient c) => c.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", [|"d3b07384d113edec49eaa6238ad5ff00"|]); }""")]
    [InlineData("""class C { void M(HttpRequestMessage r) => r.Headers.TryAddWithoutValidation("Authorization", [|"Basic YWRtaW46aHVudGVyMg=="|]); }""")]
    [InlineData("""class C { void M(HttpClient c) { var auth = Convert.ToBase64String(Encoding.ASCII.GetBytes([|"admin:hunter2"|])); c.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", auth); } }""")]
    [InlineData("""class C { object M() => new SqliteConnection([|"Data Source=shop.db;Password=Qwerty!23"|]); }""")]
    [InlineData("""class C { object M() => new SqliteConnectionStringBuilder { DataSource = "shop.db", Password = [|"Qwerty!23"|] }; }""")]
    [InlineData("""class C { string cs = [|"Server=db;Database=shop;User Id=sa;Password=Qwerty!23;"|]; }""")]
    [InlineData("""class C { string cs = [|"mongodb://admin:Qwerty23x@mongo:27017/shop"|]; }""")]
    [InlineData("""class C { string cs = [|"amqp://shop:Rabb1tPass@rabbit:5672/"|]; }""")]
    [InlineData("""class C { string cs = [|"cache.example.net:6380,password=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==,ssl=True"|]; }""")]
    [InlineData("""class C { void M(IServiceCollection s) => s.AddDbContext<DbContext>(o => o.UseSqlite([|"Data Source=a.db;Password=Qwerty!23"|])); }""")]
    [InlineData("""class C { void M(DbConnection c) { c.ConnectionString = [|"Host=localhost;Username=postgres;Password=mysecret1"|]; } }""")]
    // Dictionaries, configuration, environment.
    [InlineData("""class C { Dictionary<string, string> d = new() { ["Password"] = [|"Qwerty!23"|], ["User"] = "sa" }; }""")]
    [InlineData("""class C { Dictionary<string, string> d = new() { { "client_secret", [|"8~kQf.9sLzYxWvUtSrQpOnMlKjIhGfEdCb"|] } }; }""")]
    [InlineData("""class C { object M() => new FormUrlEncodedContent(new[] { new KeyValuePair<string, string>("client_secret", [|"p7X2mK9vQ4tR8wZ1"|]) }); }""")]
    [InlineData("""class C { string M(IConfiguration c) => c["Jwt:Key"] ?? [|"fallback-signing-key-0123-abcd"|]; }""")]
    [InlineData("""class C { string M(IConfiguration c) => c.GetValue("Smtp:Password", [|"Sp3cial!"|])!; }""")]
    [InlineData("""class C { void M() => Environment.SetEnvironmentVariable("DB_PASSWORD", [|"Sp3cial!"|]); }""")]
    [InlineData("""class C { string M() => Environment.GetEnvironmentVariable("DB_PASSWORD") ?? [|"devpass1"|]; }""")]
    // Split, joined, encoded.
    [InlineData("""class C { string password = [|"Sup3r" + "S3cret!"|]; }""")]
    [InlineData("""class C { string password = new string([|new[] { 'h', 'u', 'n', 't', 'e', 'r', '2' }|]); }""")]
    [InlineData("""class C { byte[] key = [|{ 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c }|]; void M(Aes a) => a.Key = key; }""")]
    [InlineData("""class C { byte[] M() => Convert.FromBase64String([|"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="|]); void N(Aes a) => a.Key = M(); }""")]
    [InlineData("""class C { void M(Aes a) { a.Key = Convert.FromHexString([|"2b7e151628aed2a6abf7158809cf4f3c"|]); } }""")]
    [InlineData("""class C { byte[] M(byte[] d) => HMACSHA256.HashData([|"webhook-signing-secret-42"u8|], d); }""")]
    // Through helpers.
    [InlineData("""class C { string Get() => [|"Sp3cial!"|]; object M() => new NetworkCredential("a", Get()); }""")]
    [InlineData("""class C { const string X = [|"Sp3cial!"|]; object M() => new NetworkCredential("a", X); }""")]
    [InlineData("""class C { object Make(string u, string p) => new NetworkCredential(u, p); object M() => Make("a", [|"Sp3cial!"|]); }""")]
    // Attributes and seeds.
    [InlineData("""class User { public string Name { get; set; } = ""; public string Password { get; set; } = ""; } class Db : DbContext { protected override void OnModelCreating(ModelBuilder b) => b.Entity<User>().HasData(new User { Name = "admin", Password = [|"Adm1n!"|] }); }""")]
    [InlineData("""class C { string pem = [|"-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0m59l2u9iDnMbrXHfqkOrn2dVQ3vfBJqcDuFUK03d+1PZGbV\nlCNnkrgu2XTGSH9Ew0gD8jU0b9Kpk6ysGU4BTxY0n+wzj2tqkDY8AM3eGmVsQSn1\n-----END RSA PRIVATE KEY-----"|]; }""")]

    // Collections, lists of users.
    [InlineData("""class C { Dictionary<string, string> userPasswords = new() { ["alice"] = [|"Wonder1and!"|], ["bob"] = [|"Bu1lder99"|] }; }""")]
    [InlineData("""class C { static readonly string[] ApiKeys = { [|"a8f5f167f44f4964e6c998dee827110c"|], [|"9f86d081884c7d659a2feaa0c55ad015"|] }; }""")]
    [InlineData("""class C { List<string> adminPasswords = [[|"Winter2023!"|], [|"Spring2024!"|]]; bool M(string p) => new[] { "x" }.Contains(p); }""")]
    [InlineData("""class C { void M(Dictionary<string, string> passwords) { passwords.Add("alice", [|"Wonder1and!"|]); passwords["bob"] = [|"Bu1lder99"|]; } }""")]
    // Texts with a credential in them.
    [InlineData("""class C { string json = [|"{\"user\":\"app\",\"password\":\"Wonder1and!\"}"|]; }""")]
    [InlineData("""class C { void M(DbCommand c) { c.CommandText = [|"CREATE USER app WITH PASSWORD 'Wonder1and!'"|]; } }""")]
    [InlineData("""class C { string url = [|"https://api.example.net/v1/orders?api_key=a8f5f167f44f4964e6c998dee827110c"|]; }""")]
    [InlineData("""class C { void M() => System.Diagnostics.Process.Start("pg_dump", [|"--username=app --password=Wonder1and! shop"|]); }""")]
    [InlineData("""class C { string M(HttpRequest r) => r.Headers["X-Api-Key"] == [|"b5d2c1f0a9e84d7c"|] ? "ok" : "no"; }""")]
    // Frameworks.
    [InlineData("""class C { object M() => new System.Diagnostics.ProcessStartInfo { UserName = "svc", PasswordInClearText = [|"Wonder1and!"|] }; }""")]
    [InlineData("""class C { byte[] M(byte[] salt) => Rfc2898DeriveBytes.Pbkdf2([|"correct horse battery"|], salt, 600000, HashAlgorithmName.SHA256, 32); }""")]
    [InlineData("""class GoogleOptions { public string ClientSecret { get; set; } = ""; } class C { void Add(Action<GoogleOptions> o) { } void M() => Add(o => o.ClientSecret = [|"GkX9vTq2-LmN4pRs8uWz"|]); }""")]
    [InlineData("""class UserManager { public Task CreateAsync(object user, string password) => Task.CompletedTask; } class C { Task M(UserManager m, object u) => m.CreateAsync(u, [|"Admin123!"|]); }""")]
    // Built up.
    [InlineData("""class C { string password = Encoding.UTF8.GetString(Convert.FromBase64String([|"U3VwM3JTM2NyZXQh"|])); }""")]
    [InlineData("""class C { [System.ComponentModel.DefaultValue([|"Wonder1and!"|])] public string Password { get; set; } = ""; }""")]

    // Services and options of frameworks.
    [InlineData("""class RedisOptions { public string? Password { get; set; } public string[] EndPoints { get; set; } = []; } class C { object M() => new RedisOptions { EndPoints = ["redis:6379"], Password = [|"Rd1s-Pa55"|] }; }""")]
    [InlineData("""class ClientSecretCredential(string tenantId, string clientId, string clientSecret); class C { object M() => new ClientSecretCredential("6731de76-14a6-49ae-97bc-6eba6914391e", "0b1ff4f2-9d0c-4f2e-8d59-1f8d0c2ba3a1", [|"Xy8~Q2kLmN.pRsTuVwXyZ0123456789aBcDeF"|]); }""")]
    [InlineData("""static class Settings { public static readonly string JwtSigningKey = [|"s3cr3t-jwt-signing-key-for-shop"|]; public static string StripeKey = [|"k3yf0rpayments99"|]; }""")]
    [InlineData("""class C { void M(IConfigurationBuilder b) => b.AddInMemoryCollection(new Dictionary<string, string?> { ["Smtp:Password"] = [|"Sm7p-Pass"|], ["Smtp:Host"] = "smtp" }); }""")]
    [InlineData("""class C { const string Basic = [|"Basic YWRtaW46aHVudGVyMg=="|]; void M(HttpClient c) => c.DefaultRequestHeaders.Add("Authorization", Basic); }""")]
    [InlineData("""class C { private readonly string _encryptionKey = [|"b14ca5898a4e4133bbce2ea2315a1916"|]; byte[] M() => Encoding.UTF8.GetBytes(_encryptionKey); }""")]
    [InlineData("""class C { bool IsAdmin(string user, string pass) { return user == "admin" && pass == [|"Adm!n2024"|]; } }""")]
    [InlineData("""class C { string GetPassword() { return [|"Wonder1and!"|]; } }""")]
    [InlineData("""class C { Task<string> GetApiKeyAsync() => Task.FromResult([|"9f86d081884c7d659a2feaa0c55ad015"|]); }""")]
    [InlineData("""class C { string M(bool live) { string secretKey = live ? [|"live-7Gh2kLq9"|] : [|"test-4Fd8sWz1"|]; return secretKey; } }""")]
    [InlineData("""class C { string this[string name] => name switch { "db" => "x", _ => "y" }; string DbPass = [|"Qwerty!23"|]; string dbPwd { get; } = [|"Qwerty!23"|]; }""")]
    [InlineData("""interface ISecrets { string Password { get; } } class Hard : ISecrets { public string Password => [|"Qwerty!23"|]; }""")]
    [InlineData("""class C { static void Main2(string[] args) { var password = args.Length > 0 ? args[0] : [|"Def4ult!"|]; Console.WriteLine(password.Length); } }""")]
    [InlineData("""class C { void M() { var credentials = new NetworkCredential(); credentials.Password = [|"Qwerty!23"|]; credentials.UserName = "svc"; } }""")]
    [InlineData("""class C { string awsKey = [|"AKIA" + "Z7Q3M5X2K7L4B6NV"|]; }""")]
    public Task Credential_IsReported(string marked) => Verifier.VerifyAsync<HardcodedSecretAnalyzer>(Usings + marked);

    [Theory]
    // Names of things.
    [InlineData("""class Fields { public const string Password = "password"; public const string PasswordField = "password"; public const string ApiKeyHeader = "X-Api-Key"; }""")]
    [InlineData("""class Keys { public const string PasswordKey = "Smtp:Password"; public const string SecretKey = "Jwt:SecretKey"; public const string ConnectionString = "DefaultConnection"; }""")]
    [InlineData("""class HeaderNames { public const string Token = "X-CSRF-TOKEN"; public const string AccessToken = "access_token"; public const string ApiKey = "x-functions-key"; }""")]
    [InlineData("""class CacheKeys { public const string UserToken = "user:token:{0}"; public const string SessionKey = "session-key"; public static string Token(int id) => $"token-{id}"; }""")]
    [InlineData("""class Policies { public const string ResetPassword = "ResetPassword"; public const string ApiKeyPolicy = "ApiKeyPolicy"; public const string ManageSecrets = "Permissions.Secrets.Manage"; }""")]
    [InlineData("""class GrantTypes { public const string Password = "password"; public const string ClientCredentials = "client_credentials"; public const string RefreshToken = "refresh_token"; public const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"; }""")]
    [InlineData("""enum Kind { Password, Token, Secret } class C { string M(Kind k) => k switch { Kind.Password => "password", Kind.Token => "token", _ => "secret" }; }""")]
    [InlineData("""class Dto { [JsonPropertyName("password")] public string Password { get; set; } = ""; [JsonPropertyName("client_secret")] public string ClientSecret { get; set; } = ""; }""")]
    [InlineData("""class Dto { [Display(Name = "Confirm password")] [Required(ErrorMessage = "The password is required")] public string ConfirmPassword { get; set; } = ""; }""")]
    [InlineData("""class Dto { [DataType(DataType.Password)] [RegularExpression("^(?=.*[a-z])(?=.*\\d).{8,}$", ErrorMessage = "Password too weak")] [Compare("NewPassword")] public string ConfirmPassword { get; set; } = ""; public string NewPassword { get; set; } = ""; }""")]
    // Routes, actions, views, resources.
    [InlineData("""class C : Controller { [HttpPost("reset-password")] public IActionResult ResetPassword() => RedirectToAction("ResetPasswordConfirmation"); [HttpGet("/account/token")] public IActionResult Token() => View("Token"); }""")]
    [InlineData("""class C { string resetPasswordUrl = "/Account/ResetPassword"; string tokenEndpoint = "https://login.example.com/oauth2/token"; string passwordResetPath = "account/reset"; }""")]
    [InlineData("""class C { string PasswordLabel = "Password:"; string PasswordHint = "At least 8 characters"; string InvalidPassword = "Invalid user name or password"; string TokenExpired = "Your token has expired"; }""")]
    [InlineData("""class Messages { public const string WrongPassword = "Wrong password"; public const string PasswordTooShort = "Password.TooShort"; public const string InvalidToken = "error.token.invalid"; }""")]
    [InlineData("""class C { void M(ILogger log, string user) { log.LogWarning("Password of {User} expired", user); log.LogInformation("Token refreshed"); throw new ArgumentException("secret must not be empty", "secret"); } }""")]
    // Where a value comes from elsewhere.
    [InlineData("""class C { string M(IConfiguration c) { var password = c["Smtp:Password"]; var key = c.GetSection("Jwt")["Key"]; return password + key; } }""")]
    [InlineData("""class C { string? M() => Environment.GetEnvironmentVariable("DB_PASSWORD"); string apiKeyVariable = "STRIPE_API_KEY"; string passwordEnvVar = "DB_PASSWORD"; }""")]
    [InlineData("""class C { string M(IConfiguration c) => $"Server=db;User Id=app;Password={c["Db:Password"]}"; string N(string p) => "Server=db;Password=" + p; }""")]
    [InlineData("""class C { string cs = "Server=(localdb)\\mssqllocaldb;Database=Shop;Trusted_Connection=True"; string t = "Data Source=shop.db"; string u = "Server=db;Integrated Security=true;Password=;"; }""")]
    [InlineData("""class C { string M(string user, string password) => string.Format("Host=db;Username={0};Password={1}", user, password); string url = "https://{0}:{1}@host/"; }""")]
    [InlineData("""class C { bool M(string password, string confirm) => password == confirm && password != "" && password != "password" && !string.IsNullOrEmpty(password); }""")]
    [InlineData("""class C { string password = ""; string token = string.Empty; string? secret = null; string apiKey = "TODO"; string key = "changeme"; string clientSecret = "<client-secret>"; string pwd = "${DB_PASSWORD}"; string s = "your-api-key-here"; }""")]
    // Not secret values.
    [InlineData("""class C { string requestToken = "d9428888-122b-11e1-b85c-61cd3cbb3210"; Guid tokenId = Guid.Parse("d9428888-122b-11e1-b85c-61cd3cbb3210"); const string ClientId = "6731de76-14a6-49ae-97bc-6eba6914391e"; }""")]
    [InlineData("""class C { const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; const string CommitHash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"; string etag = "33a64df551425fcc55e4d42a148795d9f25f89d4"; string checksum = "d41d8cd98f00b204e9800998ecf8427e"; }""")]
    [InlineData("""class C { const string PublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"; const string PublicKeyToken = "b77a5c561934e089"; string pem = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----"; string publishableKey = "public-site-key"; }""")]
    [InlineData("""class C { const string PasswordHashAlgorithm = "PBKDF2"; const string TokenType = "Bearer"; const string SigningAlgorithm = "HS256"; const string KeyVaultUrl = "https://shop.vault.azure.net/"; string secretName = "db-password"; string secretId = "prod/db/password"; }""")]
    [InlineData("""class C { const string PasswordChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%"; const string TokenAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; string passwordMask = "********"; string passwordChar = "*"; }""")]
    [InlineData("""class C { void M(Dictionary<string, string> form) { var p = form["password"]; form.Remove("password"); if (form.ContainsKey("token")) form.TryGetValue("api_key", out var k); } }""")]
    [InlineData("""class C { void M(DbCommand c, string password) { var p = c.CreateParameter(); p.ParameterName = "@password"; p.Value = password; c.CommandText = "UPDATE Users SET Password = @password WHERE Token = @token"; } }""")]
    [InlineData("""class C { void M(ModelBuilder b) => b.Entity("User").Property<string>("PasswordHash").HasColumnName("password_hash").HasMaxLength(256); string tokenTable = "user_tokens"; string passwordColumn = "pwd"; }""")]
    [InlineData("""class C { string keyName = "Enter"; string primaryKey = "Id"; string foreignKey = "FK_User_Token"; string sortKey = "created_at"; string partitionKey = "/tenantId"; string registryKey = "HKEY_LOCAL_MACHINE\\Software\\Shop"; string hotkey = "Ctrl+Shift+P"; string translationKey = "menu.file.open"; string i18nKey = "account.password.title"; }""")]
    [InlineData("""class C { void M(IMemoryCache cache, int id) { cache.Set("access_token", id); cache.TryGetValue("user-secret-" + id, out object? _); string cacheKey = "products_all"; string key = "products"; cache.Remove(key); } }""")]
    [InlineData("""class C { void M(HttpContext c) { c.Response.Cookies.Append("auth_token", c.Request.Query["t"]!); c.Session.SetString("token", c.TraceIdentifier); var t = c.Request.Headers["Authorization"].ToString().Replace("Bearer ", ""); } }""")]
    [InlineData("""class C { bool M(HttpContext c) => c.Request.Headers.Authorization.ToString().StartsWith("Bearer ") || c.Request.Headers["X-Token"] == "" || c.User.HasClaim("token_use", "access"); }""")]
    [InlineData("""class C { Claim M(string id) => new Claim("token_type", "refresh"); string schemaId = "https://schemas.example.com/secret/v1"; string xmlns = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/privatepersonalidentifier"; }""")]
    [InlineData("""class C { string passwordFile = "/run/secrets/db_password"; string keyPath = @"C:\keys\signing.pem"; string tokenFile = "token.json"; string secretsFolder = "secrets"; string keyFile = "~/.ssh/id_rsa"; }""")]
    [InlineData("""class C { string[] sensitive = { "password", "secret", "token", "apikey", "connectionstring" }; HashSet<string> redacted = new(StringComparer.OrdinalIgnoreCase) { "Password", "ClientSecret", "AccessToken" }; }""")]
    [InlineData("""class C { object M() => new { password = "string", token = "string" }; string Help = "--password <value>  The password"; string option = "--password"; string shortOption = "-p"; }""")]
    [InlineData("""class LexerC { string Token = "identifier"; string nextToken = "=>"; string keywordToken = "public"; string tokenText = "class"; char tokenChar = ';'; string EndToken = "</div>"; string startToken = "{{"; }""")]
    [InlineData("""class C { void M(Action<string, string> add) { add("Content-Type", "application/json"); add("Accept", "text/plain"); add("X-Request-Id", "b5d2c1f0a9e84d7c"); } string contentKey = "b5d2c1f0"; }""")]
    [InlineData("""class PasswordOptions { public string AllowedCharacters { get; set; } = "abc123"; public string ResetSubject { get; set; } = "Reset your password"; public string PasswordResetTemplate { get; set; } = "PasswordReset.html"; public string PasswordPolicyName { get; set; } = "Default"; }""")]
    [InlineData("""class C { string DefaultPasswordHasher = "bcrypt"; string PasswordFormat = "Hashed"; string PasswordStrengthRegex = "[A-Z]+"; string SecretProvider = "AzureKeyVault"; string TokenProvider = "Email"; string credentialType = "Basic"; string SecretManager = "vault"; string PasswordStore = "keychain"; }""")]
    [InlineData("""class ServiceKeys { public const string EmailService = "email"; ServiceKeys([FromKeyedServices("billing-key")] object billing) { } } class C { void M(IServiceCollection s) => s.AddKeyedSingleton<object>("primary-key", new object()); }""")]

    [InlineData("""class C { static readonly HashSet<string> secretKeys = new() { "accountkey", "sharedaccesskey", "userpassword", "jetoledb:databasepassword" }; static readonly string[] passwordKinds = { "plain", "hashed" }; List<string> passwords = ["userpassword"]; }""")]
    [InlineData("""class C { static readonly string[] CommonPasswords = { "123456", "password1", "qwerty123" }; static readonly HashSet<string> ForbiddenPasswords = new() { "letmein1", "iloveyou2" }; string[] passwordColumns = { "pwd1", "pwd2" }; }""")]
    [InlineData("""class Scheme { public string Name { get; set; } = ""; public string Description { get; set; } = ""; public string Token { get; set; } = ""; } class C { object M() => new Scheme { Name = "Authorization", Description = "Enter 'Bearer' [space] and then your token in the text input below.", Token = "bearer" }; }""")]
    [InlineData("""class C { void M(CookieOptions o) { } string CookieName = ".AspNetCore.Identity.Application"; string AntiforgeryToken = "__RequestVerificationToken"; string SessionCookieName = "shop_session"; }""")]
    [InlineData("""class C { string PartitionKey = "users"; string RowKey = "a1b2c3d4e5f6a7b8"; string ResourceKey = "Login_Password"; string ThemeKey = "dark"; string licenseKey = "Community"; string accessKeyAttribute = "s"; }""")]
    [InlineData("""class C { string InstrumentationKey = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"; string RecaptchaSiteKey = "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI"; string publishable = "pk_test_TYooMQauvdEDq54NiTphI7jx"; }""")]
    [InlineData("""class User { public string Name { get; set; } = ""; public string PasswordHash { get; set; } = ""; } class C { object M() => new User { Name = "admin", PasswordHash = "AQAAAAIAAYagAAAAEGZrZ2V5c2FsdHRlc3RoYXNodmFsdWUxMjM0NTY3ODkw" }; string stored = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"; }""")]
    [InlineData("""class C { Dictionary<string, string> de = new() { ["Password"] = "Passwort", ["Token"] = "Zeichen", ["Secret"] = "Geheimnis" }; Dictionary<string, string> da = new() { ["Password"] = "Adgangskode", ["ConfirmPassword"] = "Kodeord" }; Dictionary<string, string> fi = new() { ["password"] = "Salasana" }; }""")]
    [InlineData("""class C { string schema = "{\"type\":\"object\",\"properties\":{\"password\":{\"type\":\"string\"},\"token\":{\"type\":\"string\"}}}"; string template = "{\"password\":\"{0}\",\"secret\":\"<secret>\"}"; string json = "{\"password\":\"\"}"; }""")]
    [InlineData("""class C { string sql = "SELECT password, token FROM users WHERE password = '' OR token = 'x' AND name = @name"; string alter = "ALTER LOGIN [app] WITH PASSWORD = @password"; string create = "CREATE USER app WITH PASSWORD '{0}'"; }""")]
    [InlineData("""class C { string pattern = "(?i)password\\s*[:=]\\s*['\"]([^'\"]+)"; string find = "password="; string cli = "Usage: tool --user <name> --password <password>"; string example = "tool --password PASSWORD"; }""")]
    [InlineData("""class C { const string AuthenticationScheme = "ApiKey"; const string Realm = "Basic realm=\"shop\""; const string Prefix = "Bearer "; const string Challenge = "Bearer error=\"invalid_token\""; }""")]
    [InlineData("""class C { void M(IServiceCollection s) { s.Configure<object>("secrets", o => { }); } string section = "Authentication:Google:ClientSecret"; string Name => nameof(section); string userSecretsId = "aspnet-Shop-53bc9b9d-9d6a-45d4-8429-2a2761773502"; }""")]
    [InlineData("""class C { string M(int n) { string token = n > 0 ? "identifier" : "number"; string secretWord = "apple"; string passwordStrength = "Strong"; string tokenName = "access"; return token + secretWord + passwordStrength + tokenName; } }""")]
    [InlineData("""class C { void M(Dictionary<string, string> translations, Dictionary<string, object> model) { translations["login.password"] = "Password"; translations["reset_token_expired"] = "This link has expired."; model["password"] = new { type = "password", autocomplete = "current-password" }; } }""")]
    [InlineData("""class C { string PasswordInputId = "txtPassword"; string PasswordBox = "pwdBox1"; string tokenInput = "input#token"; string loginForm = "form[name=password]"; string passwordSelector = "#login-password"; string PasswordElement = "//input[@type='password']"; }""")]
    [InlineData("""class C { Dictionary<string, string> env = new() { ["POSTGRES_PASSWORD_FILE"] = "/run/secrets/pg", ["AWS_SECRET_ARN"] = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", ["TOKEN_URL"] = "https://id.example.com/token" }; }""")]
    [InlineData("""class C { string kv = "@Microsoft.KeyVault(SecretUri=https://shop.vault.azure.net/secrets/db)"; string pwd = "Pwd=password;Server=db;Uid=app"; string pg = "Host=db;Username=app;Password=password"; string url = "postgres://app:password@db/shop"; string libpq = "host=db user=app password=changeme"; string redis = "redis:6379,password=secret"; }""")]

    [InlineData("""class C { string M(string s) => s switch { "Password" => "pwd", "AccessToken" => "accessToken", "ClientSecret" => "client-secret", _ => s }; }""")]
    [InlineData("""class TokenType { public static readonly TokenType Identifier = new("identifier"); public static readonly TokenType StringLiteral = new("string-literal1"); public TokenType(string name) { } }""")]
    [InlineData("""class Startup { void M(IServiceCollection s) { s.AddAuthentication("Cookies").AddCookie("Cookies", o => { o.LoginPath = "/Account/Login"; o.Cookie.Name = "shop_auth_v2"; }); s.AddAuthorization(o => o.AddPolicy("RequireApiKey2", p => p.RequireClaim("api_key_scope", "orders.read"))); } }""")]
    [InlineData("""class C { const string PasswordResetTokenPurpose = "ResetPassword"; const string LoginProviderKey = "LoginProvider"; const string AuthenticatorKeyTokenName = "AuthenticatorKey"; const string RecoveryCodeTokenName = "RecoveryCodes"; const string InternalLoginProvider = "[AspNetUserStore]"; }""")]
    [InlineData("""[Route("api/[controller]")] class C : ControllerBase { [HttpPost("token/{id}")] public IActionResult Token([FromHeader(Name = "X-Api-Key")] string apiKey, [FromForm(Name = "grant_type")] string grantType) => grantType == "password" ? Ok() : BadRequest("unsupported_grant_type"); }""")]
    [InlineData("""class C { void M(ModelBuilder b) { b.Entity("Key").HasKey("TenantKey", "UserKey"); b.Entity("Key").HasIndex("TokenHash").HasDatabaseName("IX_Tokens_TokenHash_2"); b.Entity("K").ToTable("api_keys_v2"); } }""")]
    [InlineData("""class Wizard { public string Step1Key => "wizard.step1"; public string PasswordStepTitle => "Choose a password"; public string ShortcutKey => "F5"; public string ApiKeyPlaceholder => "sk-..."; public string TokenPrefix => "shp_"; public string SecretMask => "••••"; }""")]
    [InlineData("""class C { void M(Dictionary<string, object> claims) { claims["jti"] = Guid.NewGuid(); claims["token_use"] = "id"; claims["scope"] = "openid profile"; claims["amr"] = new[] { "pwd", "mfa" }; claims["key_ops"] = "sign"; } }""")]
    [InlineData("""class C { const string DockerfileSecretMount = "RUN --mount=type=secret,id=nuget"; const string K8sSecretName = "shop-db-credentials"; const string VaultPath = "secret/data/shop/db"; const string AwsSecretId = "prod/shop/db"; string secretKeyRef = "db-password-v2"; }""")]
    [InlineData("""class C { string fixtureToken = "token"; string dummyPassword = "x"; string fakeApiKey = "fake-api-key-1"; string testToken = "test"; string samplePassword = "Sample123!"; string placeholderSecret = "placeholder"; }""")]
    [InlineData("""class C { public const string Key = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"; public const string CacheKey = "a1b2c3d4e5f6a7b8c9d0"; public const string SortKey = "b2c3d4e5f6a7b8c9d0e1"; public const string IdempotencyKey = "c3d4e5f6-a7b8-49d0-81f2-a3b4c5d6e7f8"; public const string ThumbprintKey = "A909502DD82AE41433E6F83886B00D4277A32A7B"; }""")]
    [InlineData("""class C { void M(string apiKey) { if (apiKey == "none" || apiKey.StartsWith("sk-") || apiKey.Length < 20) throw new InvalidOperationException("The API key must start with sk- and be at least 20 characters"); } }""")]
    [InlineData("""class C { string M(string password) => password.Length switch { < 8 => "weak", < 12 => "medium", _ => "strong" }; }""")]
    public Task LookAlike_IsSilent(string source) => Verifier.VerifyAsync<HardcodedSecretAnalyzer>(Usings + source);
}
