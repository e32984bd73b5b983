using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Binaries;

/// <summary>Files that osslsigncode signs with certificates of the test, judged by it and by us.</summary>
public sealed partial class AuthenticodeChainTests
{
    private const string Osslsigncode = "/usr/bin/osslsigncode";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [GeneratedRegex(@"Calculated message digest\s*: ([0-9A-F]+)", RegexOptions.CultureInvariant)]
    private static partial Regex CalculatedDigest();

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Osslsigncode, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static X509Certificate2 Root(RSA key, string name = "CN=Test Root")
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    // Signs a copy of the test assembly, and gives it with the root.
    private static (byte[] Signed, X509Certificate2 Root, string Path, string RootPath) Sign(TemporaryDirectory folder, string usage = "1.3.6.1.5.5.7.3.3", int lastYear = 2040)
    {
        Assert.SkipUnless(File.Exists(Osslsigncode), "osslsigncode is not installed");
        using RSA rootKey = RSA.Create(2048), key = RSA.Create(2048);
        X509Certificate2 root = Root(rootKey);
        var request = new CertificateRequest("CN=Test Publisher", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        using X509Certificate2 publisher = request.Create(root, new DateTimeOffset(2011, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(lastYear, 1, 1, 0, 0, 0, TimeSpan.Zero), [1, 2, 3]);
        string certificate = folder.File("publisher.pem", publisher.ExportCertificatePem()), keyFile = folder.File("key.pem", key.ExportPkcs8PrivateKeyPem()), rootPath = folder.File("root.pem", root.ExportCertificatePem());
        string signed = Path.Combine(folder.Path, "signed.dll");
        (int code, string output) = Run("sign", "-certs", certificate, "-key", keyFile, "-h", "sha256", "-in", typeof(AuthenticodeChainTests).Assembly.Location, "-out", signed);
        Assert.True(code == 0, output);
        return (File.ReadAllBytes(signed), root, signed, rootPath);
    }

    private static PeImage Parse(byte[] bytes) => PeParser.TryParse(bytes, ScanLimits.Default, out string error, out _) ?? throw new InvalidOperationException(error);

    [Fact]
    public void Check_SignedByOsslsigncode_IsValidForBoth_TamperedForNeither()
    {
        using var folder = new TemporaryDirectory();
        (byte[] bytes, X509Certificate2 root, string path, string rootPath) = Sign(folder);
        using (root)
        {
            PeImage image = Parse(bytes);
            (int code, string output) = Run("verify", "-in", path, "-CAfile", rootPath);
            Assert.True(code == 0, output);
            Assert.Equal(AuthenticodeState.Valid, Authenticode.Check(bytes, image, out string? signer));
            Assert.Equal("Test Publisher", signer);
            Assert.Equal(CalculatedDigest().Match(output).Groups[1].Value, Convert.ToHexString(Authenticode.ComputeDigest(bytes, image, image.Directories[4].Address, "2.16.840.1.101.3.4.2.1")!));
            Assert.Equal(AuthenticodeChainState.Trusted, AuthenticodeChain.Check(bytes, image, [root], Now).State);
            foreach (int offset in (int[])[200, (int)image.Sections[0].RawOffset + 10, bytes.Length / 2, (int)image.Directories[4].Address - 1])
            {
                bytes[offset] ^= 1;
                File.WriteAllBytes(path, bytes);
                Assert.NotEqual(0, Run("verify", "-in", path, "-CAfile", rootPath).Code);
                Assert.Equal(AuthenticodeState.Tampered, Authenticode.Check(bytes, Parse(bytes), out _));
                Assert.Equal(AuthenticodeChainState.NotChecked, AuthenticodeChain.Check(bytes, Parse(bytes), [root], Now).State);
                bytes[offset] ^= 1;
            }
        }
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.3", 2040, true, AuthenticodeChainState.Trusted)]
    [InlineData("1.3.6.1.5.5.7.3.3", 2040, false, AuthenticodeChainState.UntrustedRoot)]
    [InlineData("1.3.6.1.5.5.7.3.3", 2020, true, AuthenticodeChainState.Expired)]
    [InlineData("1.3.6.1.5.5.7.3.1", 2040, true, AuthenticodeChainState.WrongUsage)]
    public void Check_Chain_IsJudged(string usage, int lastYear, bool trusted, AuthenticodeChainState expected)
    {
        using var folder = new TemporaryDirectory();
        using RSA strangerKey = RSA.Create(2048);
        using X509Certificate2 stranger = Root(strangerKey, "CN=Another Root");
        (byte[] bytes, X509Certificate2 root, _, _) = Sign(folder, usage, lastYear);
        using (root)
        {
            AuthenticodeChainResult result = AuthenticodeChain.Check(bytes, Parse(bytes), [trusted ? root : stranger], Now);
            Assert.Equal(expected, result.State);
            Assert.StartsWith("Test Publisher", result.Detail, StringComparison.Ordinal);
            Assert.Null(result.SignedAt);
            FileScanResult scan = new ScanEngine(new ScanOptions { Analyzers = [new SignatureChainAnalyzer([trusted ? root : stranger], TimeProvider.System)] }).ScanBytes("signed.dll", bytes);
            Assert.Equal(expected.ToString(), scan.Facts["pe.signature-chain"]);
            Assert.Equal(expected == AuthenticodeChainState.Trusted ? 0 : 1, scan.Findings.Count(static f => f.RuleId == "STC8035"));
        }
    }

    // The SDK brings the roots that its own files are signed under, so time stamps of a real authority can be verified without network.
    [Fact]
    public void Check_SdkAgainstItsOwnRoots_IsTrustedAtTheTimeOfTheStamp()
    {
        string sdk = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk"));
        string? roots = Directory.Exists(sdk) ? Directory.EnumerateDirectories(sdk).Select(static d => Path.Combine(d, "trustedroots")).FirstOrDefault(Directory.Exists) : null;
        Assert.SkipWhen(roots is null, "this SDK brings no roots");
        var anchors = new X509Certificate2Collection();
        anchors.ImportFromPemFile(Path.Combine(roots, "codesignctl.pem"));
        anchors.ImportFromPemFile(Path.Combine(roots, "timestampctl.pem"));
        byte[] bytes = File.ReadAllBytes(typeof(Enumerable).Assembly.Location);
        PeImage image = Parse(bytes);
        Assert.SkipUnless(Authenticode.Check(bytes, image, out _) == AuthenticodeState.Valid, "the runtime of this machine is not signed");
        // Far in the future every certificate is expired; the stamp tells when the file was signed.
        AuthenticodeChainResult result = AuthenticodeChain.Check(bytes, image, anchors, Now.AddYears(100));
        Assert.True(result.State == AuthenticodeChainState.Trusted, result.ToString());
        Assert.InRange(result.SignedAt!.Value.Year, 2020, 2040);
    }
}
