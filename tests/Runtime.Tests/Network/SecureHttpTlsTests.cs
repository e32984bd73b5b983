using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.Runtime.Network;
using SecurityToolchain.Runtime.Tests.Tls;

namespace SecurityToolchain.Runtime.Tests.Network;

/// <summary>What the handler accepts of a server's certificate and protocol, against real servers on loopback.</summary>
public sealed class SecureHttpTlsTests : IDisposable
{
    private readonly TestCa _ca = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _ca.Dispose();

    [Theory]
    [InlineData("good", true)]
    [InlineData("expired", false)]
    [InlineData("wrong-name", false)]
    [InlineData("client-eku", false)]
    [InlineData("tls1.1", false)]
    public async Task Server_IsAcceptedOnlyIfEverythingFits(string kind, bool accepted)
    {
        (string certificate, string key, _) = kind switch
        {
            "expired" => _ca.Issue("s", "dns:localhost", [TestCa.ServerAuthentication], TestCa.Now.AddDays(-3), TestCa.Now.AddDays(-2)),
            "wrong-name" => _ca.Issue("s", "dns:other.example", [TestCa.ServerAuthentication]),
            "client-eku" => _ca.Issue("s", "dns:localhost", [TestCa.ClientAuthentication]),
            _ => _ca.Issue("s", "dns:localhost", [TestCa.ServerAuthentication]),
        };
        Assert.Equal(accepted, (await AskAsync(certificate, key, trust: _ca.Certificate, old: kind == "tls1.1")).Answered);
    }

    [Fact]
    public async Task Certificate_OfACaThatTheSystemDoesNotTrust_IsRefused()
    {
        (string certificate, string key, _) = _ca.Issue("s", "dns:localhost", [TestCa.ServerAuthentication]);
        Assert.False((await AskAsync(certificate, key, trust: null, old: false)).Answered);
    }

    [Fact]
    public async Task Http2_IsOfferedFirst()
    {
        (string certificate, string key, _) = _ca.Issue("s", "dns:localhost", [TestCa.ServerAuthentication]);
        (_, SslApplicationProtocol? protocol) = await AskAsync(certificate, key, trust: _ca.Certificate, old: false, version: HttpVersion.Version20);
        Assert.Equal(SslApplicationProtocol.Http2, protocol);
    }

    private static async Task<(bool Answered, SslApplicationProtocol? Protocol)> AskAsync(string certificatePath, string keyPath, X509Certificate2? trust, bool old, Version? version = null)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
#pragma warning disable CA2025 // Awaited below, on the only way out that returns.
        Task<SslApplicationProtocol?> serving = ServeAsync(listener, certificatePath, keyPath, old);
#pragma warning restore CA2025
        var options = new SecureHttpOptions();
        options.AllowedNetworks.Add(IPNetwork.Parse("127.0.0.0/8"));
        options.AllowedNetworks.Add(IPNetwork.Parse("::1/128"));
        using SocketsHttpHandler handler = SecureHttp.CreateHandler(options);
        if (trust is not null)
        {
            // The handler asks for revocation online; a test's CA has nobody to ask, so only the root is exchanged and that one question left out.
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(trust);
        }

        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/"))
        {
            Version = version ?? HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        bool answered = false;
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
            answered = response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Refused.
        }

        return (answered, await serving);
    }

    private static async Task<SslApplicationProtocol?> ServeAsync(TcpListener listener, string certificatePath, string keyPath, bool old)
    {
        using X509Certificate2 pem = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        using TcpClient connection = await listener.AcceptTcpClientAsync(Cancellation);
        await using var tls = new SslStream(connection.GetStream());
        try
        {
#pragma warning disable CA5397, SYSLIB0039 // The server of a test offers what a client must refuse.
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    EnabledSslProtocols = old ? SslProtocols.Tls11 : SslProtocols.None,
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                },
                Cancellation);
#pragma warning restore CA5397, SYSLIB0039
            await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
            SslApplicationProtocol protocol = tls.NegotiatedApplicationProtocol;
            // Read until the client closes, so that it gets the answer.
            byte[] buffer = new byte[4096];
            while (await tls.ReadAsync(buffer, Cancellation) > 0)
                continue;
            return protocol;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return tls.IsAuthenticated ? tls.NegotiatedApplicationProtocol : null;
        }
    }
}
