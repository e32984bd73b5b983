using System.Text;
using SecurityToolchain.Secrets.Tests.Patterns;

namespace SecurityToolchain.Secrets.Tests.Detection;

public sealed class SecretScannerTests
{
    // The token that the GitHub blog readers took apart to find the checksum; built from parts.
    private const string GitHubVector = "ghp" + "_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17";
    private static readonly string s_random = new TokenGenerator(11).Characters("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32);

    [Fact]
    public void GitHub_PublishedVector_HasValidChecksum()
    {
        SecretMatch match = Assert.Single(Scan(GitHubVector));

        Assert.Equal(("github-pat", ChecksumState.Valid, SecretConfidence.High), (match.PatternId, match.Checksum, match.Confidence));
        Assert.Equal("ghp_***", match.Redacted);
    }

    [Fact]
    public void GitHub_WrongChecksum_IsOnlyLowConfidence()
    {
        string broken = GitHubVector[..^1] + "8";

        Assert.Empty(Scan(broken));
        SecretMatch match = Assert.Single(SecretScanner.Default.Scan(broken, new SecretContext(SecretScope.Value, null, IncludeLowConfidence: true)));
        Assert.Equal((SecretConfidence.Low, ChecksumState.Invalid), (match.Confidence, match.Checksum));
    }

    [Theory]
    [InlineData("sk-", "1234567890abcdef")]
    [InlineData("sk-", "abcdefghij1234567890")]
    public void SkKey_TypedByHand_IsFound(string prefix, string rest) => Assert.Single(Scan(prefix + rest));

    [Theory]
    [InlineData("AKIA", "IOSFODNN7EXAMPLE")]
    [InlineData("AKIA", "XXXXXXXXXXXXXXXX")]
    [InlineData("ghp_", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("AIza", "SyYOUR_API_KEY_GOES_IN_HERE_PLEASE_OK1")]
    public void DocumentedSample_IsSilent(string prefix, string rest) => Assert.Empty(Scan(prefix + rest));

    [Theory]
    [InlineData("Server=db;Database=shop;User Id=sa;Password=", "Tr0ub4dor&3")]
    [InlineData("Data Source=db;Initial Catalog=shop;uid=app;pwd=", "hunter2;Encrypt=true")]
    [InlineData("Host=localhost;Username=app;Password=", "'semi;colon'")]
    [InlineData("redis.internal:6379,password=", "s3cr3tpw,ssl=True")]
    [InlineData("host=localhost dbname=shop user=app password=", "open5esame")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0")]
    [InlineData("Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=", "Zm9vYmF6YmFycXV4cXV1eGNvcmdl")]
    [InlineData("jdbc:mysql://db/shop?user=app&password=", "hunter2x")]
    [InlineData("Password=", "hunter2x;Server=db")]
    public void ConnectionString_WithPassword_IsFound(string before, string password)
    {
        SecretMatch match = Assert.Single(Scan(before + password));

        Assert.Equal("connection-string-password", match.PatternId);
        Assert.True(match.Start >= before.Length);
    }

    [Theory]
    [InlineData("Server=db;Database=shop;Integrated Security=true")]
    [InlineData("Server=db;User Id=sa;Password=")]
    [InlineData("Server=db;User Id=sa;Password=;Encrypt=true")]
    [InlineData("Server=db;User Id=sa;Password={0}")]
    [InlineData("Server=db;User Id=sa;Password=${DB_PASSWORD}")]
    [InlineData("Server=db;User Id=sa;Password=<password>")]
    [InlineData("Server=db;User Id=sa;Password=your_password")]
    [InlineData("Server=db;User Id=sa;Password=******")]
    [InlineData("Server=db;Database=shop;User Id=sa;Password=password")]
    [InlineData("Data Source=db;Initial Catalog=shop;uid=app;Pwd=password;Encrypt=true")]
    [InlineData("Server=db;Uid=app;Pwd=my_password;")]
    [InlineData("Server=myServerAddress;Database=myDataBase;User Id=myUsername;Password=myPassword;")]
    [InlineData("Driver={ODBC Driver 18};Server=db;Uid=app;Pwd={password};")]
    [InlineData("Provider=Microsoft.ACE.OLEDB.12.0;Data Source=a.accdb;Jet OLEDB:Database Password=secret;")]
    [InlineData("Host=localhost;Username=app;Password=changeme")]
    [InlineData("Host=localhost;Username=app;Password=your_password_here")]
    [InlineData("Host=localhost;Username=app;Password=%DB_PASSWORD%;Port=5432")]
    [InlineData("Host=localhost;Username=app;Password=#{DbPassword}#;Port=5432")]
    [InlineData("Host=localhost;Username=app;Password={{ db.password }};Port=5432")]
    [InlineData("Host=localhost;Username=app;Password=$(DbPassword)")]
    [InlineData("Host=localhost;Username=app;Password=__DB_PASSWORD__")]
    [InlineData("Host=localhost;Username=app;Password=[password]")]
    [InlineData("host=localhost dbname=shop user=app password=secret")]
    [InlineData("host=localhost dbname=shop user=app password=${PGPASSWORD}")]
    [InlineData("redis.internal:6379,password=password,ssl=True")]
    [InlineData("redis.internal:6379,password=%REDIS%,ssl=True")]
    [InlineData("jdbc:mysql://db/shop?user=app&password=password")]
    [InlineData("jdbc:mysql://db/shop?user=app&password=<password>&useSSL=true")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=<account-key>;EndpointSuffix=core.windows.net")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=#{StorageKey}#")]
    [InlineData("Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={{key}}")]
    [InlineData("host=rabbit;username=shop;password=secret;virtualHost=/")]
    [InlineData("mongodb://app:password@mongo:27017/shop")]
    [InlineData("postgres://app:secret@db/shop")]
    [InlineData("amqp://app:${RABBIT_PASSWORD}@rabbit/")]
    [InlineData("amqp://app:%RABBIT_PASSWORD%@rabbit/")]
    [InlineData("Enter password=now and go on")]
    [InlineData("UPDATE users SET password=@password WHERE id=@id")]
    [InlineData("SELECT * FROM users WHERE name=@n AND password=@p")]
    public void ConnectionString_WithoutRealPassword_IsSilent(string text) => Assert.Empty(Scan(text));

    [Theory]
    [InlineData("CREATE USER app WITH PASSWORD '", "Wonder1and!", "'")]
    [InlineData("create role app with login password '", "Wonder1and!", "' valid until 'infinity'")]
    [InlineData("ALTER LOGIN [app] WITH PASSWORD = '", "Wonder1and!", "';")]
    [InlineData("CREATE USER 'app'@'%' IDENTIFIED BY '", "Wonder1and!", "'")]
    [InlineData("--user app --password=", "wonderland", " shop")]
    [InlineData("mysqldump -h db --password ", "Wonder1and", " shop")]
    public void AccountStatementOrOption_WithPassword_IsFound(string before, string password, string after)
    {
        SecretMatch match = Assert.Single(Scan(before + password + after));

        Assert.Equal((before.Length, password.Length), (match.Start, match.Length));
    }

    [Theory]
    [InlineData("CREATE USER app WITH PASSWORD '{0}'")]
    [InlineData("CREATE USER app WITH PASSWORD '<password>'")]
    [InlineData("ALTER LOGIN [app] WITH PASSWORD = @password")]
    [InlineData("CREATE TABLE users (password varchar(20) DEFAULT 'x1')")]
    [InlineData("Usage: tool --user <name> --password <password>")]
    [InlineData("--password The password of the account")]
    [InlineData("--password=VALUE")]
    [InlineData("--password=%PASSWORD% --user=app")]
    [InlineData("identified by 'name1'")]
    public void AccountStatementOrOption_WithoutPassword_IsSilent(string text) => Assert.Empty(Scan(text));

    [Theory]
    [InlineData("https://deploy:", "hunter2x", "@git.internal/repo.git")]
    [InlineData("mongodb+srv://app:", "pa55w0rd", "@cluster0.mongodb.net/db")]
    [InlineData("redis://:", "p4ssw0rd", "@localhost:6379")]
    [InlineData("amqp://guest:", "guest", "@localhost:5672")]
    public void Url_WithPassword_IsFound(string before, string password, string after)
    {
        SecretMatch match = Assert.Single(Scan(before + password + after));

        Assert.Equal((before.Length, password.Length), (match.Start, match.Length));
    }

    [Theory]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://user:{0}@host/")]
    [InlineData("https://host:8080/path@v2")]
    [InlineData("http://www.w3.org/2001/XMLSchema:string@x")]
    [InlineData("pack://application:,,,/Assets/a.png")]
    public void Url_WithoutPassword_IsSilent(string text) => Assert.Empty(Scan(text));

    [Fact]
    public void PrivateKey_WithBody_IsFound_HeaderAlone_IsSilent()
    {
        string header = "-----BEGIN " + "RSA PRIVATE" + " KEY-----", footer = "-----END " + "RSA PRIVATE" + " KEY-----";

        Assert.Equal("private-key", Assert.Single(Scan(header + "\n" + new TokenGenerator(2).Characters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 128) + "\n" + footer)).PatternId);
        Assert.Empty(Scan(header));
        Assert.Empty(Scan(header + "\n...\n" + footer));
        Assert.Empty(Scan("-----BEGIN CERTIFICATE-----\n" + s_random + s_random + "\n-----END CERTIFICATE-----"));
        Assert.Empty(Scan("-----BEGIN PUBLIC KEY-----\n" + s_random + s_random + "\n-----END PUBLIC KEY-----"));
    }

    [Fact]
    public void JsonWebToken_IsFound_SampleOfJohnDoe_IsSilent()
    {
        string header = Base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

        Assert.Equal("json-web-token", Assert.Single(Scan(header + "." + Base64Url("{\"sub\":\"42\",\"exp\":1999999999}") + "." + s_random)).PatternId);
        Assert.Empty(Scan(header + "." + Base64Url("{\"sub\":\"1234567890\",\"name\":\"John Doe\"}") + "." + s_random));
        Assert.Empty(Scan(Base64Url("{\"name\":\"no algorithm\"}") + "." + Base64Url("{\"sub\":\"42\"}") + "." + s_random));
    }

    [Fact]
    public void AuthorizationHeader_WithCredentials_IsFound()
    {
        Assert.Equal("basic-authorization", Assert.Single(Scan("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("admin:hunter2x")))).PatternId);
        Assert.Equal("bearer-authorization", Assert.Single(Scan("Bearer " + s_random)).PatternId);
        Assert.Empty(Scan("Bearer {token}"));
        Assert.Empty(Scan("Basic authentication is required"));
        Assert.Empty(Scan("Bearer authenticationSchemeHandler"));
    }

    [Fact]
    public void Base64_AroundAnotherSecret_IsFound()
    {
        string wrapped = Convert.ToBase64String(Encoding.ASCII.GetBytes("{\"token\":\"" + GitHubVector + "\"}"));

        SecretMatch match = Assert.Single(Scan(wrapped));

        Assert.Equal(("base64-wrapped", "GitHub", wrapped.Length), (match.PatternId, match.Provider, match.Length));
    }

    [Fact]
    public void Text_AssignmentOfRandomValue_IsFound_OfWords_IsSilent()
    {
        Assert.Single(SecretScanner.Default.Scan($"var apiKey = \"{s_random}\";", SecretContext.Text));
        Assert.Single(SecretScanner.Default.Scan($"{{ \"client_secret\": \"{s_random}\" }}", SecretContext.Text));
        Assert.Empty(SecretScanner.Default.Scan("var apiKey = \"ConfigurationSectionName\";", SecretContext.Text));
        Assert.Empty(SecretScanner.Default.Scan($"PublicKeyToken={s_random[..16]}, sha512: \"{s_random}\"", SecretContext.Text));
        Assert.Empty(SecretScanner.Default.Scan("tokenId = \"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"", SecretContext.Text));
    }

    [Theory]
    [InlineData("https://api.internal/v1?x=1&api_key=8c2f1b7a9d3e4f60", 1)]
    [InlineData("https://api.internal/v1?api_key={0}&x=1", 0)]
    [InlineData("https://api.internal/v1?token_type=bearer&page_token=8c2f1b7a9d3e4f60", 0)]
    [InlineData("{\"user\":\"bob\",\"password\":\"hunter2\"}", 1)]
    [InlineData("{\"user\":\"bob\",\"password\":\"{0}\"}", 0)]
    [InlineData("{\"type\":\"password\",\"passwordPolicy\":\"strong1\"}", 0)]
    public void Value_QueryAndJson_AreRead(string text, int count) => Assert.Equal(count, Scan(text).Count);

    [Fact]
    public void Utf8_OffsetsAreInBytes_AlsoAcrossBlocks()
    {
        string token = GitHubVector;
        foreach (int before in new[] { 0, 60_000, 65_500, 65_536, 131_000, 300_000 })
        {
            string text = new string('\n', before) + "é = " + token + "\n" + new string(' ', 1000);
            byte[] bytes = Encoding.UTF8.GetBytes(text);

            SecretMatch match = Assert.Single(SecretScanner.Default.ScanUtf8(bytes, SecretContext.Text));

            Assert.Equal(token, Encoding.UTF8.GetString(bytes, match.Start, match.Length));
        }
    }

    [Fact]
    public void MatchesOfHostileText_NeverThrow()
    {
        var generator = new TokenGenerator(99);
        string[] parts = ["ghp_", "eyJ", "password=", "://", "-----BEGIN ", "Basic ", "sk-", "SG.", "xoxb-", "AccountKey=", "\"token\":\"", "Q~", ":AA", "0Q~", "\0", "\uFFFF", ";", "@", "="];
        for (int round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (int i = 0; i < 8; i++)
                text.Append(parts[generator.Characters("abcdefghijklmnopqrs", 1)[0] - 'a']).Append(generator.Characters("aZ09-_./=+:;'\"\\ \n{}", round % 23));
            string hostile = text.ToString();

            Assert.All(SecretScanner.Default.Scan(hostile, SecretContext.Text), match => Assert.InRange(match.End, 1, hostile.Length));
            _ = SecretScanner.Default.Scan(hostile, SecretContext.Value("password"));
            _ = SecretScanner.Default.Scan(hostile, SecretContext.Configuration);
        }
    }

    [Fact]
    public void Redaction_NeverShowsMoreThanThePublicPrefix()
    {
        Assert.Equal("***", Redaction.Redact("hunter2"));
        Assert.Equal("ghp_***", Redaction.Redact(GitHubVector, 4));
        Assert.Equal("ab***", Redaction.Redact("abcdefgh", 8));
        Assert.Throws<ArgumentException>(static () => Redaction.Fingerprint("x", new byte[15]));
        Assert.Equal(16, Redaction.Fingerprint("x", new byte[16]).Length);
    }

    private static IReadOnlyList<SecretMatch> Scan(string value) => SecretScanner.Default.Scan(value, SecretContext.Value());

    private static string Base64Url(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
