using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.Runtime.Tests.Tls;

/// <summary>A certificate authority for tests, and a folder for its files.</summary>
internal sealed class TestCa : IDisposable
{
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private byte _serial = 1;

    public TestCa(string name = "CN=Test CA")
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(Now.AddYears(-5), Now.AddYears(5));
        File.WriteAllText(TrustPath, Certificate.ExportCertificatePem());
    }

    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public X509Certificate2 Certificate { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("stc-tls-").FullName;

    public string TrustPath => Path.Combine(Folder, "ca.pem");

    /// <summary>Issues a certificate and writes <c>name.pem</c> and <c>name.key</c> (mode 600).</summary>
    public (string CertificatePath, string KeyPath, byte[] Serial) Issue(
        string name, string? identity, string[] usages, DateTimeOffset? from = null, DateTimeOffset? until = null, AsymmetricAlgorithm? key = null, string? password = null)
    {
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        key ??= own;
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest("CN=" + name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=" + name, (ECDsa)key, HashAlgorithmName.SHA256);
        if (identity is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (identity.StartsWith("dns:", StringComparison.Ordinal))
                names.AddDnsName(identity[4..]);
            else
                names.AddUri(new Uri(identity));
            request.CertificateExtensions.Add(names.Build());
        }

        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        if (usages.Length > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(static oid => new Oid(oid))], false));
        byte[] serial = [_serial++, 7];
        using X509Certificate2 certificate = request.Create(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), from ?? Now.AddDays(-1), until ?? Now.AddDays(1), serial);
        string certificatePath = Path.Combine(Folder, name + ".pem");
        string keyPath = Path.Combine(Folder, name + ".key");
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        WriteKey(keyPath, password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000)));
        return (certificatePath, keyPath, serial);
    }

    /// <summary>Issues a certificate by way of an intermediate CA; the file holds both, the leaf first.</summary>
    public (string CertificatePath, string KeyPath) IssueThroughIntermediate(string name, string dnsName, string usage)
    {
        using ECDsa middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var middle = new CertificateRequest("CN=Test Intermediate", middleKey, HashAlgorithmName.SHA256);
        middle.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        middle.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        middle.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(middle.PublicKey, false));
        using X509Certificate2 middleCertificate = middle.Create(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), Now.AddDays(-2), Now.AddDays(2), [_serial++, 8]);
        using ECDsa leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=" + name, leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using X509Certificate2 leafCertificate = leaf.Create(
            middleCertificate.SubjectName, X509SignatureGenerator.CreateForECDsa(middleKey), Now.AddDays(-1), Now.AddDays(1), [_serial++, 8]);
        string certificatePath = Path.Combine(Folder, name + ".pem");
        string keyPath = Path.Combine(Folder, name + ".key");
        File.WriteAllText(certificatePath, leafCertificate.ExportCertificatePem() + "\n" + middleCertificate.ExportCertificatePem());
        WriteKey(keyPath, leafKey.ExportPkcs8PrivateKeyPem());
        return (certificatePath, keyPath);
    }

    /// <summary>Writes a revocation list.</summary>
    public string Revoke(byte[] serial, DateTimeOffset? nextUpdate = null)
    {
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry(serial, Now.AddHours(-1));
        X509SubjectKeyIdentifierExtension id = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
        DateTimeOffset next = nextUpdate ?? Now.AddDays(1);
        byte[] list = builder.Build(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), 1, next, HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(id), next.AddDays(-2));
        string path = Path.Combine(Folder, Path.GetRandomFileName() + ".crl");
        File.WriteAllText(path, PemEncoding.WriteString("X509 CRL", list));
        return path;
    }

    public static void WriteKey(string path, string pem)
    {
        File.WriteAllText(path, pem);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
