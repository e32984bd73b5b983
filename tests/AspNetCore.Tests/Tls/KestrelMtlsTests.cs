using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SecurityToolchain.AspNetCore.Tls;
using SecurityToolchain.Runtime.Tls;

namespace SecurityToolchain.AspNetCore.Tests.Tls;

public sealed class KestrelMtlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stc-kestrel-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Client_WithAnAllowedCertificate_IsServed_AnotherIsNot()
    {
        MtlsStore good = Store("localhost", allow: "dns:localhost");
        MtlsStore other = Store("intruder", allow: "dns:localhost");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseMtls(good)));
        await using WebApplication app = builder.Build();
        app.MapGet("/", static () => "served");
        await app.StartAsync(Cancellation);
        var address = new UriBuilder(app.Urls.Single()) { Host = "localhost" }.Uri;

        using var allowed = new HttpClient(MtlsHttp.CreateHandler(good, "localhost"));
        using var refused = new HttpClient(MtlsHttp.CreateHandler(other, "localhost"));

        Assert.Equal("served", await allowed.GetStringAsync(address, Cancellation));
        await Assert.ThrowsAsync<HttpRequestException>(() => refused.GetStringAsync(address, Cancellation));
    }

    private MtlsStore Store(string name, string allow)
    {
        string trust = Path.Combine(_folder, "ca.pem");
        string caKey = Path.Combine(_folder, "ca.key");
        using ECDsa authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (File.Exists(caKey))
            authority.ImportFromPem(File.ReadAllText(caKey));
        var root = new CertificateRequest("CN=Test CA", authority, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (!File.Exists(caKey))
        {
            File.WriteAllText(caKey, authority.ExportPkcs8PrivateKeyPem());
            using X509Certificate2 certificate = root.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
            File.WriteAllText(trust, certificate.ExportCertificatePem());
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        using X509Certificate2 issued = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(authority), now.AddDays(-1), now.AddDays(1), [1, (byte)name.Length]);
        var options = new MtlsOptions
        {
            CertificatePath = Path.Combine(_folder, name + ".pem"),
            KeyPath = Path.Combine(_folder, name + ".key"),
            TrustPath = trust,
            AllowReadableKey = true,
        };
        options.AllowedIdentities.Add(allow);
        File.WriteAllText(options.CertificatePath, issued.ExportCertificatePem());
        File.WriteAllText(options.KeyPath, key.ExportPkcs8PrivateKeyPem());
        return new MtlsStore(options);
    }
}
