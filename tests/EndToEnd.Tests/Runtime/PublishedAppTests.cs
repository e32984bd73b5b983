using System.Globalization;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SecurityToolchain.EndToEnd.Tests.Runtime;

/// <summary>
/// A service that uses the libraries, trimmed and compiled to native code. All types of both libraries are roots, so that every member is
/// analysed and not only those that the service calls; each warning of the trimmer or the compiler is an error. Left out is the one type
/// that is documented not to work with NativeAOT, the proxy that is made at run time: as a root it makes the framework warn about itself.
/// </summary>
public sealed class PublishedAppTests(PackedFeed feed)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
            <SuppressTrimAnalysisWarnings>false</SuppressTrimAnalysisWarnings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <ILLinkTreatWarningsAsErrors>true</ILLinkTreatWarningsAsErrors>
            <IlcTreatWarningsAsErrors>true</IlcTreatWarningsAsErrors>
            <NoWarn>$(NoWarn);NU1603;NU1900</NoWarn>
            <DebugType>none</DebugType>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="SecurityToolchain.AspNetCore" Version="VERSION" />
            <TrimmerRootDescriptor Include="Roots.xml" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using System.Net;
        using System.Net.Http.Headers;
        using System.Text.Json.Serialization;
        using Microsoft.IdentityModel.JsonWebTokens;
        using Microsoft.IdentityModel.Tokens;
        using SecurityToolchain.AspNetCore.Authentication;
        using SecurityToolchain.AspNetCore.Hosting;
        using SecurityToolchain.Runtime.Authentication;
        using SecurityToolchain.Runtime.Authentication.ApiKeys;
        using SecurityToolchain.Runtime.Cryptography;
        using SecurityToolchain.Runtime.Files;
        using SecurityToolchain.Runtime.Incidents;
        using SecurityToolchain.Runtime.Input;

        byte[] secret = SecureRandom.Bytes(32);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["SecurityToolchain:RateLimit:PermitLimit"] = "7" });
        builder.AddSecurityToolchain();
        builder.Services.AddSecurityToolchainAuthentication(_ => new JwtAuthProvider(
            new JwtAuthOptions { Issuer = "issuer", Audience = "app", Keys = [JwtKey.HmacSha256("k", secret)] }));
        builder.Services.AddSecurityToolchainApiKeys(_ => new ApiKeyManager(new InMemoryApiKeyStore(), secret));
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJson.Default));
        WebApplication app = builder.Build();
        app.UseSecurityToolchain();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/write", () => "written").RequirePermission("write");
        app.MapGet("/files", () => "files").RequirePermission("ReadFiles");
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Check("no token", (await client.GetAsync("/write")).StatusCode == HttpStatusCode.Unauthorized);
        string key = (await app.Services.GetRequiredService<ApiKeyManager>().IssueAsync("owner", Permissions.ReadFiles)).Key;
        using var withKey = new HttpRequestMessage(HttpMethod.Get, "/files") { Headers = { { "X-Api-Key", key } } };
        HttpResponseMessage files = await client.SendAsync(withKey);
        Check("API key", files.StatusCode == HttpStatusCode.OK && files.Headers.Contains("X-Content-Type-Options"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(secret));
        Check("token", await client.GetStringAsync("/write") == "written");
        HttpStatusCode last = HttpStatusCode.OK;
        for (int i = 0; i < 8; i++)
            last = (await client.GetAsync("/write")).StatusCode;
        Check("rate limit from configuration", last == HttpStatusCode.TooManyRequests);

        foreach (AeadAlgorithm algorithm in new[] { AeadAlgorithm.Aes256Gcm, AeadAlgorithm.ChaCha20Poly1305 })
        {
            using var encryption = new AeadEncryption(secret, algorithm);
            Check(algorithm.ToString(), encryption.Decrypt(encryption.Encrypt("text"u8)).AsSpan().SequenceEqual("text"u8));
        }

        using var hasher = new PasswordHasher(new PasswordHashOptions { Algorithm = PasswordHashAlgorithm.Argon2id });
        Check("password", hasher.Verify("secret", hasher.Hash("secret")) == PasswordVerification.Success);
        Check("JSON", ValidatedJson.Deserialize("{\"name\":\"x\"}"u8, AppJson.Default.Note, (note, problems) => { }).Name == "x");
        Check("XML", SafeXml.Parse("<a/>").Root!.Name == "a");
        Check("regex", SafeRegex.CreateWhole("[a-z]+").IsMatch("abc"));
        Check("path", SafePath.Validate("../x") == PathValidationError.PathTraversal);
        string audit = Path.Combine(AppContext.BaseDirectory, "audit.jsonl");
        using (var file = new AuditFile(audit, secret))
            file.Write(new SecurityEvent { Type = SecurityEventType.InvalidInput, Severity = SecuritySeverity.Low });
        Check("audit", AuditVerifier.Verify(audit, secret).IsIntact);
        await app.StopAsync();
        Console.WriteLine("all checks hold");

        static void Check(string what, bool holds)
        {
            if (!holds)
                throw new InvalidOperationException(what);
        }

        static string Token(byte[] secret) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "issuer",
            Audience = "app",
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = "user", ["jti"] = "t1", ["roles"] = "writer" },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(secret) { KeyId = "k" }, SecurityAlgorithms.HmacSha256),
        });

        public sealed record Note(string Name);

        [JsonSerializable(typeof(Note))]
        [JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
        public sealed partial class AppJson : JsonSerializerContext;
        """;

    [Theory]
    [InlineData("-p:PublishTrimmed=true", "-p:SelfContained=true")]
    [InlineData("-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc")]
    public async Task Service_PublishedWithoutOneWarning_Works(string mode, string option)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && NativeTools.Find("gcc") is not null, "gcc is not on this machine");
        using var workspace = new TestWorkspace(feed.Folder);
        workspace.Write("app/App.csproj", Project.Replace("VERSION", feed.Version, StringComparison.Ordinal));
        workspace.Write("app/Program.cs", Program);
        workspace.Write("app/Roots.xml", $"<linker>{Roots("SecurityToolchain.Runtime")}{Roots("SecurityToolchain.AspNetCore")}</linker>");
        string output = workspace.PathOf("out");
        DotNetResult published = await workspace.DotNetAsync(
            "publish", "app/App.csproj", "-c", "Release", "-r", NativeTools.RuntimeIdentifier, "-o", output, "--nologo", "-v", "q", mode, option);
        published.ShouldSucceed();
        Assert.DoesNotContain("warning", published.Output.ToLower(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        DotNetResult run = await DotNetCommand.RunProgramAsync(Path.Combine(output, "App"), output, workspace.Environment);
        run.ShouldSucceed();
        Assert.Equal("all checks hold", run.Output.Trim());
    }

    private string Roots(string assembly)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackagePath(assembly));
        using Stream entry = package.GetEntry($"lib/net10.0/{assembly}.dll")!.Open();
        using var copy = new MemoryStream();
        entry.CopyTo(copy);
        copy.Position = 0;
        using var image = new PEReader(copy);
        MetadataReader metadata = image.GetMetadataReader();
        string[] types =
        [
            .. metadata.TypeDefinitions.Select(handle => metadata.GetTypeDefinition(handle))
                .Where(static type => type.GetDeclaringType().IsNil && (type.Attributes & System.Reflection.TypeAttributes.Public) != 0)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
                .Where(static name => !name.EndsWith(".AuthorizingProxy", StringComparison.Ordinal)),
        ];
        Assert.True(types.Length > 20, $"{assembly} has {types.Length} public types");
        return $"<assembly fullname=\"{assembly}\">{string.Concat(types.Select(static name => $"<type fullname=\"{name}\" preserve=\"all\" />"))}</assembly>";
    }
}
