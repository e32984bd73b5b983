using System.Globalization;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Secrets;

public sealed class STC4003_SecretsInConfigTests
{
    [Fact]
    public async Task AppSettings_SecretsAreReportedAtTheirPlace()
    {
        var found = await Verify("appsettings.Development.json", """
            {
              // Comments and trailing commas are usual here.
              "ConnectionStrings": { "Default": "Server=db;Database=shop;User Id=sa;Password=[|Tr0ub4dor|];Encrypt=true" },
              "Smtp": { "Host": "mail.internal", "User": "shop", "Password": "[|hunter2|]" },
              "Jwt": { "Key": "Jwt:Key", "Secret": "[|my-super-secret-signing-key|]", "Issuer": "shop" },
              "Broker": "amqp://shop:[|hunter2x|]@broker:5672/",
              "Stripe": { "ApiKey": "", "PublishableKey": "pk" },
            }
            """);

        Assert.Contains("'Smtp:Password' holds a secret", found[1].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("dotnet user-secrets set \"Smtp:Password\" VALUE", found[1].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(3, found[1].Location.GetLineSpan().StartLinePosition.Line);
        Assert.All(found, static diagnostic => Assert.DoesNotContain("hunter2", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Fact]
    public Task AppSettings_WithoutSecrets_IsSilent() => Verify("appsettings.json", """
        {
          "ConnectionStrings": { "Default": "Server=db;Database=shop;Integrated Security=true", "Other": "Server=db;User Id=sa;Password=" },
          "Smtp": { "Password": "", "PasswordFile": "/run/secrets/smtp" },
          "Jwt": { "Secret": "<from-user-secrets>", "Key": "${JWT_KEY}", "Issuer": "https://login.internal/" },
          "AzureAd": { "ClientId": "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "ClientSecret": "" },
          "Logging": { "LogLevel": { "Default": "Information" } },
          "PasswordPolicy": { "MinimumLength": 12, "Pattern": "^[a-z0-9]+$" }
        }
        """);

    [Fact]
    public Task WebConfig_AttributesAndElements_AreReported() => Verify("Web.config", """
        <?xml version="1.0"?>
        <configuration>
          <!-- <add key="Password" value="commented1" /> -->
          <appSettings>
            <add key="SmtpPassword" value="[|hunter2|]" />
            <add key="PageSize" value="20" />
          </appSettings>
          <connectionStrings>
            <add name="Default" connectionString="Data Source=db;User Id=sa;Password=[|Tr0ub4dor|]" providerName="System.Data.SqlClient" />
          </connectionStrings>
          <system.net><mailSettings><smtp><network host="mail" userName="shop" password="[|hunter2|]" /></smtp></mailSettings></system.net>
          <apiKey>[|a1b2c3d4e5f6|]</apiKey>
          <runtime><assemblyIdentity name="X" publicKeyToken="b03f5f7f11d50a3a" /></runtime>
        </configuration>
        """);

    [Fact]
    public Task EnvFile_Lines_AreReported() => Verify(".env", """
        # DB_PASSWORD=commented1
        DB_HOST=localhost
        DB_PASSWORD=[|hunter2|]
        export API_KEY="[|a1b2c3d4e5f6|]"
        EMPTY_SECRET=
        OTHER_PASSWORD=${DB_PASSWORD}
        """);

    [Fact]
    public Task LaunchSettingsAndRunSettings_AreRead()
    {
        const string launch = """
            { "profiles": { "http": { "environmentVariables": { "ASPNETCORE_ENVIRONMENT": "Development", "Smtp__Password": "[|hunter2|]" } } } }
            """;
        const string run = """
            <RunSettings><TestRunParameters><Parameter name="adminPassword" value="[|hunter2|]" /></TestRunParameters></RunSettings>
            """;
        return Task.WhenAll(Verify("Properties/launchSettings.json", launch), Verify("test.runsettings", run));
    }

    [Theory]
    [InlineData("package-lock.json")]
    [InlineData("strings.en.json")]
    [InlineData("notes.txt")]
    public Task OtherFiles_AreNotRead(string name) => Verify(name, "{ \"password\": \"hunter2\" }");

    [Theory]
    [InlineData("appsettings.json", "{ \"Password\": \"hun")]
    [InlineData("appsettings.json", "{ /* \"Password\"")]
    [InlineData("appsettings.json", "{ \"a\\")]
    [InlineData("web.config", "<add key=\"Password\" value=\"x")]
    [InlineData("web.config", "<a b=")]
    [InlineData(".env", "=\n:\nPASSWORD")]
    public Task BrokenFiles_AreReadAsFarAsTheyGo(string name, string text) => Verify(name, text);

    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> Verify(string path, string marked) =>
        Verifier.VerifyAsync<SecretsInConfigAnalyzer>("class Empty { }", new VerifierOptions { AdditionalFiles = new Dictionary<string, string> { [path] = marked } });
}
