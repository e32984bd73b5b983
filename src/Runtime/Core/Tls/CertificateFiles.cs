using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.Runtime.Secrets;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Reads the own certificate with its key and intermediates, and the trusted roots.</summary>
internal static class CertificateFiles
{
    private const string Pkcs12Extensions = ".pfx;.p12";

    /// <summary>Loads leaf (with private key) and intermediates.</summary>
    /// <exception cref="MtlsException">A file is missing, malformed or readable by others, or key and certificate do not belong together.</exception>
    public static (X509Certificate2 Leaf, X509Certificate2Collection Intermediates) LoadOwn(MtlsOptions options, SecretProvider secrets)
    {
        string? password = options.PasswordSecretName is { } name ? secrets.GetRequired(name) : null;
        if (IsPkcs12(options.CertificatePath))
        {
            CheckMode(options.CertificatePath, options.AllowReadableKey);
            return SplitPkcs12(Read(options.CertificatePath, MtlsProblem.CertificateNotFound), options.CertificatePath, password);
        }

        var chain = new X509Certificate2Collection();
        ImportPem(chain, options.CertificatePath, MtlsProblem.CertificateNotFound, MtlsProblem.CertificateMalformed);
        CheckMode(options.KeyPath, options.AllowReadableKey);
        X509Certificate2 leaf = chain[0];
        chain.RemoveAt(0);
        return (WithKey(leaf, options.KeyPath, password), chain);
    }

    /// <summary>Loads the roots; every one must be a CA.</summary>
    public static X509Certificate2Collection LoadTrust(string path)
    {
        var roots = new X509Certificate2Collection();
        ImportPem(roots, path, MtlsProblem.CaNotFound, MtlsProblem.CaNotFound);
        foreach (X509Certificate2 root in roots)
        {
            if (!IsCa(root))
                throw new MtlsException(MtlsProblem.NotACa, $"'{path}' holds '{root.Subject}', which is not a CA; as a root it would vouch for itself.");
        }

        return roots;
    }

    public static bool IsPkcs12(string path) => Pkcs12Extensions.Split(';').Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses a key file that group or others can read.</summary>
    public static void CheckMode(string path, bool allowReadable)
    {
        if (allowReadable || OperatingSystem.IsWindows() || !File.Exists(path))
            return;
        UnixFileMode mode = File.GetUnixFileMode(path);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((mode & Others) != 0)
            throw new MtlsException(MtlsProblem.KeyPermissions, $"Others than the owner can read or write the key file '{path}' (mode {Convert.ToString((int)mode, 8)}); set it to 600.");
    }

    private static bool IsCa(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(static constraints => constraints.CertificateAuthority);

    private static byte[] Read(string path, MtlsProblem problem)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new MtlsException(problem, $"'{path}' cannot be read: {failure.Message}", failure);
        }
    }

    private static void ImportPem(X509Certificate2Collection target, string path, MtlsProblem missing, MtlsProblem malformed)
    {
        string pem = System.Text.Encoding.UTF8.GetString(Read(path, missing));
        try
        {
            target.ImportFromPem(pem);
        }
        catch (CryptographicException failure)
        {
            throw new MtlsException(malformed, $"'{path}' holds a malformed certificate.", failure);
        }

        if (target.Count == 0)
            throw new MtlsException(malformed, $"'{path}' holds no PEM certificate.");
    }

    private static X509Certificate2 WithKey(X509Certificate2 leaf, string keyPath, string? password)
    {
        byte[] bytes = Read(keyPath, MtlsProblem.KeyNotFound);
        char[] pem = System.Text.Encoding.ASCII.GetChars(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        try
        {
            using X509Certificate2 combined = Combine(leaf, pem, keyPath, password);
            // A key that was imported from PEM is not one that every platform's TLS can use; through PKCS#12 it is.
            byte[] pkcs12 = combined.Export(X509ContentType.Pkcs12);
            try
            {
                return X509CertificateLoader.LoadPkcs12(pkcs12, null);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pkcs12);
            }
        }
        finally
        {
            Array.Clear(pem);
            leaf.Dispose();
        }
    }

    private static X509Certificate2 Combine(X509Certificate2 leaf, ReadOnlySpan<char> pem, string keyPath, string? password)
    {
        string certificate = leaf.ExportCertificatePem();
        try
        {
            return password is null ? X509Certificate2.CreateFromPem(certificate, pem) : X509Certificate2.CreateFromEncryptedPem(certificate, pem, password);
        }
        catch (ArgumentException failure)
        {
            throw new MtlsException(MtlsProblem.PrivateKeyMismatch, $"The key in '{keyPath}' does not belong to the certificate '{leaf.Subject}'.", failure);
        }
        catch (CryptographicException failure)
        {
            // One exception type serves both cases on this API; whether the key can be decoded at all tells them apart.
            bool decodes = CanDecode(pem, password);
            throw new MtlsException(
                decodes ? MtlsProblem.PrivateKeyMismatch : MtlsProblem.KeyMalformed,
                decodes ? $"The key in '{keyPath}' does not belong to the certificate '{leaf.Subject}'." : $"The key in '{keyPath}' cannot be decoded, or its password is missing or wrong.",
                failure);
        }
    }

    private static bool CanDecode(ReadOnlySpan<char> pem, string? password)
    {
        using RSA rsa = RSA.Create();
        using ECDsa ec = ECDsa.Create();
        foreach (AsymmetricAlgorithm algorithm in new AsymmetricAlgorithm[] { rsa, ec })
        {
            try
            {
                if (password is null)
                    algorithm.ImportFromPem(pem);
                else
                    algorithm.ImportFromEncryptedPem(pem, password);
                return true;
            }
            catch (Exception failure) when (failure is CryptographicException or ArgumentException)
            {
                // Not a key of this kind; the next one may fit.
            }
        }

        return false;
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Intermediates) SplitPkcs12(byte[] bytes, string path, string? password)
    {
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        }
        catch (CryptographicException failure)
        {
            throw new MtlsException(MtlsProblem.KeyMalformed, $"'{path}' is not PKCS#12, or its password is missing or wrong.", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        X509Certificate2 leaf = all.FirstOrDefault(static certificate => certificate.HasPrivateKey)
            ?? throw new MtlsException(MtlsProblem.KeyNotFound, $"'{path}' holds no private key.");
        all.Remove(leaf);
        return (leaf, all);
    }
}
