using System.Security.Cryptography;
using SecurityToolchain.Runtime.Tls;

namespace SecurityToolchain.Runtime.Tests.Tls;

public sealed class MtlsDiagnosticsTests : IDisposable
{
    private static readonly string[] s_both = [TestCa.ServerAuthentication, TestCa.ClientAuthentication];
    private readonly TestCa _ca = new();

    public void Dispose() => _ca.Dispose();

    [Fact]
    public void HealthyConfiguration_HasNoFinding() => Assert.Empty(MtlsDiagnostics.Diagnose(Options()));

    [Theory]
    [InlineData(MtlsProblem.CertificateNotFound)]
    [InlineData(MtlsProblem.CertificateMalformed)]
    [InlineData(MtlsProblem.KeyNotFound)]
    [InlineData(MtlsProblem.KeyMalformed)]
    [InlineData(MtlsProblem.PrivateKeyMismatch)]
    [InlineData(MtlsProblem.KeyPermissions)]
    [InlineData(MtlsProblem.KeyTooWeak)]
    [InlineData(MtlsProblem.CaNotFound)]
    [InlineData(MtlsProblem.NotACa)]
    [InlineData(MtlsProblem.RevocationListInvalid)]
    [InlineData(MtlsProblem.CertificateExpired)]
    [InlineData(MtlsProblem.NotYetValid)]
    [InlineData(MtlsProblem.CertificateNotTrusted)]
    [InlineData(MtlsProblem.WrongEku)]
    [InlineData(MtlsProblem.NameMismatch)]
    [InlineData(MtlsProblem.NoAllowedIdentities)]
    public void EachProblem_IsFound(MtlsProblem problem)
    {
        Assert.SkipWhen(problem == MtlsProblem.KeyPermissions && OperatingSystem.IsWindows(), "Windows has no mode bits.");

        Assert.Equal([problem], MtlsDiagnostics.Diagnose(Broken(problem)).Select(static finding => finding.Problem).Distinct());
    }

    [Fact]
    public void SeveralProblems_AreAllFound()
    {
        (string certificate, _, _) = _ca.Issue("old", null, [], TestCa.Now.AddDays(-3), TestCa.Now.AddDays(-2));
        MtlsOptions options = Options();
        options.CertificatePath = certificate;
        options.AllowedIdentities.Clear();

        MtlsProblem[] found = [.. MtlsDiagnostics.Diagnose(options).Select(static finding => finding.Problem).Distinct().Order()];

        Assert.Equal(
            [MtlsProblem.PrivateKeyMismatch, MtlsProblem.CertificateExpired, MtlsProblem.WrongEku, MtlsProblem.NameMismatch, MtlsProblem.NoAllowedIdentities], found);
    }

    private MtlsOptions Options()
    {
        (string certificate, string key, _) = _ca.Issue("own", "dns:localhost", s_both);
        var options = new MtlsOptions { CertificatePath = certificate, KeyPath = key, TrustPath = _ca.TrustPath };
        options.AllowedIdentities.Add("dns:localhost");
        return options;
    }

    private MtlsOptions Broken(MtlsProblem problem)
    {
        MtlsOptions options = Options();
        switch (problem)
        {
            case MtlsProblem.CertificateNotFound:
                options.CertificatePath += ".missing";
                break;
            case MtlsProblem.CertificateMalformed:
                File.WriteAllText(options.CertificatePath, "nothing here");
                break;
            case MtlsProblem.KeyNotFound:
                options.KeyPath += ".missing";
                break;
            case MtlsProblem.KeyMalformed:
                TestCa.WriteKey(options.KeyPath, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
                break;
            case MtlsProblem.PrivateKeyMismatch:
                using (ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    TestCa.WriteKey(options.KeyPath, other.ExportPkcs8PrivateKeyPem());
                break;
            case MtlsProblem.KeyPermissions:
#pragma warning disable CA1416 // The caller skips Windows.
                File.SetUnixFileMode(options.KeyPath, UnixFileMode.UserRead | UnixFileMode.OtherRead);
#pragma warning restore CA1416
                break;
            case MtlsProblem.KeyTooWeak:
                using (RSA weak = RSA.Create(1024))
                    (options.CertificatePath, options.KeyPath, _) = _ca.Issue("weak", "dns:localhost", s_both, key: weak);
                break;
            case MtlsProblem.CaNotFound:
                options.TrustPath += ".missing";
                break;
            case MtlsProblem.NotACa:
                options.TrustPath = options.CertificatePath;
                break;
            case MtlsProblem.RevocationListInvalid:
                options.RevocationListPaths.Add(_ca.Revoke([9], TestCa.Now.AddHours(-1)));
                break;
            case MtlsProblem.CertificateExpired:
                (options.CertificatePath, options.KeyPath, _) = _ca.Issue("e", "dns:localhost", s_both, TestCa.Now.AddDays(-3), TestCa.Now.AddDays(-2));
                break;
            case MtlsProblem.NotYetValid:
                (options.CertificatePath, options.KeyPath, _) = _ca.Issue("n", "dns:localhost", s_both, TestCa.Now.AddDays(2), TestCa.Now.AddDays(3));
                break;
            case MtlsProblem.CertificateNotTrusted:
                using (var other = new TestCa("CN=Other"))
                    File.Copy(other.TrustPath, _ca.TrustPath, overwrite: true);
                break;
            case MtlsProblem.WrongEku:
                (options.CertificatePath, options.KeyPath, _) = _ca.Issue("w", "dns:localhost", [TestCa.ServerAuthentication]);
                break;
            case MtlsProblem.NameMismatch:
                (options.CertificatePath, options.KeyPath, _) = _ca.Issue("x", null, s_both);
                break;
            case MtlsProblem.NoAllowedIdentities:
                options.AllowedIdentities.Clear();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(problem));
        }

        return options;
    }
}
