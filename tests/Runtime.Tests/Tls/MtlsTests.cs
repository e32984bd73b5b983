using System.Security.Authentication;
using System.Security.Cryptography;
using SecurityToolchain.Runtime.Tests.Incidents;
using SecurityToolchain.Runtime.Tls;

namespace SecurityToolchain.Runtime.Tests.Tls;

public sealed class MtlsTests : IDisposable
{
    private const string Orders = "spiffe://example.org/orders";
    private readonly TestCa _ca = new();
    private readonly TestCa _otherCa = new("CN=Other CA");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ca.Dispose();
        _otherCa.Dispose();
    }

    [Theory]
    [InlineData("valid", true, null)]
    [InlineData("none", false, MtlsProblem.NoCertificate)]
    [InlineData("other-ca", false, MtlsProblem.CertificateNotTrusted)]
    [InlineData("expired", false, MtlsProblem.CertificateExpired)]
    [InlineData("not-yet", false, MtlsProblem.NotYetValid)]
    [InlineData("server-eku", false, MtlsProblem.WrongEku)]
    [InlineData("revoked", false, MtlsProblem.CertificateRevoked)]
    [InlineData("wrong-san", false, MtlsProblem.NameMismatch)]
    public async Task OfEightClients_ExactlyOneConnects(string client, bool connects, MtlsProblem? reason)
    {
        string[] usage = [TestCa.ClientAuthentication];
        (string CertificatePath, string KeyPath, byte[] Serial) issued = client switch
        {
            "other-ca" => _otherCa.Issue("c", Orders, usage),
            "expired" => _ca.Issue("c", Orders, usage, TestCa.Now.AddDays(-3), TestCa.Now.AddDays(-2)),
            "not-yet" => _ca.Issue("c", Orders, usage, TestCa.Now.AddDays(2), TestCa.Now.AddDays(3)),
            "server-eku" => _ca.Issue("c", Orders, [TestCa.ServerAuthentication]),
            "wrong-san" => _ca.Issue("c", "spiffe://example.org/ordersevil", usage),
            _ => _ca.Issue("c", Orders, usage),
        };
        string list = _ca.Revoke(client == "revoked" ? issued.Serial : [99]);
        var logger = new RecordingLogger<MtlsStore>();
        MtlsOptions serverOptions = ServerOptions();
        serverOptions.RevocationListPaths.Add(list);
        var server = new MtlsStore(serverOptions, logger: logger);
        await using var echo = new EchoServer(server);
        MtlsStore clientStore = new(ClientOptions(issued.CertificatePath, issued.KeyPath));

        Exception? failure = await Record.ExceptionAsync(async () =>
        {
            if (client == "none")
                await ConnectWithoutCertificateAsync(echo.Port);
            else
                await EchoAsync(new MtlsConnector(clientStore), echo.Port, [1, 2, 3]);
        });

        Assert.Equal(connects, failure is null);
        Assert.Equal(connects ? 1 : 0, echo.Accepted);
        if (reason is { } expected)
            Assert.Contains(logger.Entries, entry => entry.Text.Contains(expected.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneMebibyte_ComesBack()
    {
        await using var echo = new EchoServer(new MtlsStore(ServerOptions()));
        (string certificate, string key, _) = _ca.Issue("c", Orders, [TestCa.ClientAuthentication]);

        await EchoAsync(new MtlsConnector(new MtlsStore(ClientOptions(certificate, key))), echo.Port, RandomNumberGenerator.GetBytes(1 << 20));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-tls1_2", true)]
    [InlineData("-tls1_1 -cipher ALL:@SECLEVEL=0", false)]
    [InlineData("no certificate", false)]
    [InlineData("other root", false)]
    public async Task OpenSsl_VerifiesTheWholeChain_AndIsHeldToTheRules(string kind, bool connects)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl is not on this machine");
        (string certificate, string key) = _ca.IssueThroughIntermediate("chained", "localhost", TestCa.ServerAuthentication);
        var options = new MtlsOptions { CertificatePath = certificate, KeyPath = key, TrustPath = _ca.TrustPath };
        options.AllowedIdentities.Add(Orders);
        await using var echo = new EchoServer(new MtlsStore(options));
        (string clientCertificate, string clientKey, _) = _ca.Issue("c", Orders, [TestCa.ClientAuthentication]);
        List<string> arguments =
        [
            "s_client", "-connect", $"localhost:{echo.Port}", "-servername", "localhost", "-verify_hostname", "localhost", "-verify_return_error", "-quiet",
            "-no_ign_eof", "-CAfile", kind == "other root" ? _otherCa.TrustPath : _ca.TrustPath,
        ];
        if (kind != "no certificate")
            arguments.AddRange(["-cert", clientCertificate, "-key", clientKey]);
        if (kind.StartsWith('-'))
            arguments.AddRange(kind.Split(' '));
        using var process = new System.Diagnostics.Process { StartInfo = new System.Diagnostics.ProcessStartInfo("/usr/bin/openssl", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        // What comes back through the server proves that both sides accepted each other; TLS 1.3 lets a client write before it is refused.
        try
        {
            await process.StandardInput.WriteLineAsync("hello");
            await process.StandardInput.FlushAsync(Cancellation);
        }
        catch (IOException)
        {
            // Refused already.
        }

        string? echoed = await process.StandardOutput.ReadLineAsync(Cancellation);
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
        Assert.True((echoed == "hello") == connects, $"{kind}: '{echoed}' {await errors}");
        Assert.Equal(connects ? 1 : 0, echo.Accepted);
    }

    [Theory]
    [InlineData("wrong-name")]
    [InlineData("other-ca")]
    [InlineData("expired")]
    [InlineData("client-eku")]
    public async Task BadServer_IsRefused(string kind)
    {
        (string CertificatePath, string KeyPath, byte[] Serial) issued = kind switch
        {
            "wrong-name" => _ca.Issue("s2", "dns:elsewhere", [TestCa.ServerAuthentication]),
            "other-ca" => _otherCa.Issue("s2", "dns:localhost", [TestCa.ServerAuthentication]),
            "expired" => _ca.Issue("s2", "dns:localhost", [TestCa.ServerAuthentication], TestCa.Now.AddDays(-3), TestCa.Now.AddDays(-2)),
            _ => _ca.Issue("s2", "dns:localhost", [TestCa.ClientAuthentication]),
        };
        var options = new MtlsOptions { CertificatePath = issued.CertificatePath, KeyPath = issued.KeyPath, TrustPath = _ca.TrustPath };
        options.AllowedIdentities.Add(Orders);
        await using var echo = new EchoServer(new MtlsStore(options));
        (string certificate, string key, _) = _ca.Issue("c", Orders, [TestCa.ClientAuthentication]);
        var connector = new MtlsConnector(new MtlsStore(ClientOptions(certificate, key)));

        await Assert.ThrowsAsync<AuthenticationException>(() => connector.ConnectAsync("localhost", echo.Port, Cancellation));
    }

    [Fact]
    public void NobodyAllowed_IsAnErrorAtOnce()
    {
        MtlsOptions options = ServerOptions();
        options.AllowedIdentities.Clear();

        MtlsException failure = Assert.Throws<MtlsException>(() => new MtlsStore(options).CreateServerOptions());

        Assert.Equal(MtlsProblem.NoAllowedIdentities, failure.Problem);
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("encrypted")]
    [InlineData("sec1")]
    [InlineData("pkcs12")]
    public async Task KeysOfAllShapes_Load(string shape)
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (string certificate, string key, _) = _ca.Issue(
            "c", Orders, [TestCa.ClientAuthentication], key: shape == "rsa" ? rsa : ec, password: shape == "encrypted" ? "open sesame" : null);
        if (shape == "sec1")
            TestCa.WriteKey(key, ec.ExportECPrivateKeyPem());
        MtlsOptions options = ClientOptions(certificate, key);
        if (shape == "pkcs12")
        {
            using var pair = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(certificate, key);
            options.CertificatePath = Path.Combine(_ca.Folder, "c.pfx");
            options.KeyPath = string.Empty;
            options.AllowReadableKey = true;
            await File.WriteAllBytesAsync(options.CertificatePath, pair.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12), Cancellation);
        }

        if (shape == "encrypted")
        {
            options.PasswordSecretName = "MTLS_TEST_PASSWORD_" + Guid.NewGuid().ToString("N");
            Environment.SetEnvironmentVariable(options.PasswordSecretName, "open sesame");
        }

        await using var echo = new EchoServer(new MtlsStore(ServerOptions()));
        await EchoAsync(new MtlsConnector(new MtlsStore(options)), echo.Port, [42]);
    }

    [Fact]
    public void KeyThatOthersCanRead_IsRefusedUnlessAllowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no mode bits.");
        (string certificate, string key, _) = _ca.Issue("c", Orders, [TestCa.ClientAuthentication]);
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
#pragma warning restore CA1416
        MtlsOptions options = ClientOptions(certificate, key);

        Assert.Equal(MtlsProblem.KeyPermissions, Assert.Throws<MtlsException>(() => new MtlsStore(options)).Problem);
        options.AllowReadableKey = true;
        Assert.NotEmpty(new MtlsStore(options).SerialNumber);
    }

    [Fact]
    public void LeafInTheTrustFile_IsRefused()
    {
        (string certificate, string key, _) = _ca.Issue("c", Orders, [TestCa.ClientAuthentication]);
        MtlsOptions options = ClientOptions(certificate, key);
        options.TrustPath = certificate;

        Assert.Equal(MtlsProblem.NotACa, Assert.Throws<MtlsException>(() => new MtlsStore(options)).Problem);
    }

    [Fact]
    public void ChangedFiles_AreTakenOver_AndBadOnesAreNot()
    {
        var time = new Manual();
        (string certificate, string key, _) = _ca.Issue("c", Orders, [TestCa.ClientAuthentication]);
        var logger = new RecordingLogger<MtlsStore>();
        var store = new MtlsStore(ClientOptions(certificate, key), logger: logger, time: time);
        string first = store.SerialNumber;

        _ca.Issue("c", Orders, [TestCa.ClientAuthentication]);
        File.SetLastWriteTimeUtc(certificate, TestCa.Now.UtcDateTime.AddMinutes(1));
        Assert.Equal(first, store.SerialNumber);
        time.Advance(TimeSpan.FromMinutes(2));
        string second = store.SerialNumber;
        Assert.NotEqual(first, second);

        File.WriteAllText(certificate, "garbage");
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(second, store.SerialNumber);
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("former ones stay in use", StringComparison.Ordinal));
    }

    [Fact]
    public void FilesBehindAnExchangedLink_AreTakenOver()
    {
        // What Kubernetes does: the mounted names are links through "..data", which is moved to a new directory as a whole.
        var time = new Manual();
        string mount = Path.Combine(_ca.Folder, "mount");
        foreach (string version in new[] { "v1", "v2" })
        {
            (string certificate, string key, _) = _ca.Issue(version, Orders, [TestCa.ClientAuthentication]);
            Directory.CreateDirectory(Path.Combine(mount, version));
            File.Move(certificate, Path.Combine(mount, version, "tls.crt"));
            File.Move(key, Path.Combine(mount, version, "tls.key"));
            File.SetLastWriteTimeUtc(Path.Combine(mount, version, "tls.crt"), TestCa.Now.UtcDateTime);
            File.SetLastWriteTimeUtc(Path.Combine(mount, version, "tls.key"), TestCa.Now.UtcDateTime);
        }

        Directory.CreateSymbolicLink(Path.Combine(mount, "..data"), "v1");
        File.CreateSymbolicLink(Path.Combine(mount, "tls.crt"), Path.Combine("..data", "tls.crt"));
        File.CreateSymbolicLink(Path.Combine(mount, "tls.key"), Path.Combine("..data", "tls.key"));
        var store = new MtlsStore(ClientOptions(Path.Combine(mount, "tls.crt"), Path.Combine(mount, "tls.key")), time: time);
        string first = store.SerialNumber;

        Directory.Delete(Path.Combine(mount, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(mount, "..data"), "v2");
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(first, store.SerialNumber);
    }

    [Theory]
    [InlineData("dns:a.example.com", "dns:A.example.com", true)]
    [InlineData("dns:a.example.com", "dns:example.com", false)]
    [InlineData("spiffe://x/a", "spiffe://x/a", true)]
    [InlineData("spiffe://x/a/b", "spiffe://x/a/*", true)]
    [InlineData("spiffe://x/a", "spiffe://x/a/*", false)]
    [InlineData("spiffe://x/a/../b", "spiffe://x/a/*", false)]
    [InlineData("spiffe://x/ab", "spiffe://x/a/*", false)]
    public void Identity_MatchesExactlyOrBelow(string identity, string allowed, bool expected) =>
        Assert.Equal(expected, PeerIdentities.IsAllowed([identity], [allowed]));

    internal static async Task EchoAsync(MtlsConnector connector, int port, byte[] data)
    {
        await using MtlsConnection connection = await connector.ConnectAsync("localhost", port, Cancellation);
        Task write = connection.Stream.WriteAsync(data, Cancellation).AsTask();
        byte[] back = new byte[data.Length];
        await connection.Stream.ReadExactlyAsync(back, Cancellation);
        await write;
        Assert.Equal(data, back);
        Assert.Equal(["dns:localhost"], connection.PeerIdentities);
    }

    internal MtlsOptions ServerOptions()
    {
        (string certificate, string key, _) = _ca.Issue("server", "dns:localhost", [TestCa.ServerAuthentication]);
        var options = new MtlsOptions { CertificatePath = certificate, KeyPath = key, TrustPath = _ca.TrustPath };
        options.AllowedIdentities.Add(Orders);
        return options;
    }

    private static async Task ConnectWithoutCertificateAsync(int port)
    {
        using var client = new System.Net.Sockets.TcpClient("localhost", port);
#pragma warning disable CA5359 // The client under test is a hostile one; what it believes does not matter.
        using var tls = new System.Net.Security.SslStream(client.GetStream(), false, static (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(new byte[] { 1 }, Cancellation);
        if (await tls.ReadAsync(new byte[1], Cancellation) == 0)
            throw new IOException("The server closed the connection.");
    }

    private MtlsOptions ClientOptions(string certificate, string key) => new() { CertificatePath = certificate, KeyPath = key, TrustPath = _ca.TrustPath };

    private sealed class Manual : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
