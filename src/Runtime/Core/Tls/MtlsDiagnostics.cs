using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.Runtime.Secrets;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Explains why mutual TLS will not work with a configuration: every problem, not the first one.</summary>
public static class MtlsDiagnostics
{
    private const int MinRsaBits = 2048;
    private const int MinEcBits = 256;

    /// <summary>Looks at settings and files.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="purposes">What the own certificate will be used for; default both, as services call each other.</param>
    /// <param name="secrets">Knows the password; null takes <see cref="SecretProvider.Default"/>.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <returns>Empty when nothing is wrong.</returns>
    public static IReadOnlyList<MtlsFinding> Diagnose(MtlsOptions options, MtlsPurposes purposes = MtlsPurposes.Both, SecretProvider? secrets = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset now = (time ?? TimeProvider.System).GetUtcNow();
        var findings = new List<MtlsFinding>();
        if (options.AllowedIdentities.Count == 0 && purposes.HasFlag(MtlsPurposes.Server))
            findings.Add(new MtlsFinding(MtlsProblem.NoAllowedIdentities, "AllowedIdentities is empty; name the clients that may connect, for example dns:orders.example.com."));

        X509Certificate2Collection? roots = Try(findings, () => CertificateFiles.LoadTrust(options.TrustPath));
        Try(findings, () =>
        {
            CertificateFiles.CheckMode(CertificateFiles.IsPkcs12(options.CertificatePath) ? options.CertificatePath : options.KeyPath, options.AllowReadableKey);
            return true;
        });
        (X509Certificate2 Leaf, X509Certificate2Collection Intermediates)? own =
            Try<(X509Certificate2, X509Certificate2Collection)?>(findings, () => CertificateFiles.LoadOwn(WithoutModeCheck(options), secrets ?? SecretProvider.Default));
        foreach (string path in options.RevocationListPaths)
            CheckList(path, roots, own?.Intermediates, now, findings);

        // A key that does not fit hides the certificate's own problems unless the certificate is looked at without it.
        X509Certificate2? leaf = own?.Leaf ?? PublicPart(options.CertificatePath);
        if (leaf is not null)
        {
            CheckLeaf(leaf, purposes, now, findings);
            if (roots is not null)
                CheckChain(leaf, own?.Intermediates, roots, findings);
            leaf.Dispose();
        }

        return [.. findings.Distinct()];
    }

    private static MtlsOptions WithoutModeCheck(MtlsOptions options) => new()
    {
        CertificatePath = options.CertificatePath,
        KeyPath = options.KeyPath,
        PasswordSecretName = options.PasswordSecretName,
        AllowReadableKey = true,
    };

    private static T? Try<T>(List<MtlsFinding> findings, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (MtlsException failure)
        {
            findings.Add(new MtlsFinding(failure.Problem, failure.Message));
        }
        catch (SecretNotFoundException failure)
        {
            findings.Add(new MtlsFinding(MtlsProblem.KeyMalformed, failure.Message));
        }

        return default;
    }

    private static X509Certificate2? PublicPart(string path)
    {
        try
        {
            return CertificateFiles.IsPkcs12(path) ? null : X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Reported already, by the attempt to load it with its key.
            return null;
        }
    }

    private static void CheckLeaf(X509Certificate2 leaf, MtlsPurposes purposes, DateTimeOffset now, List<MtlsFinding> findings)
    {
        if (now > leaf.NotAfter.ToUniversalTime())
            findings.Add(new MtlsFinding(MtlsProblem.CertificateExpired, Error.Invariant($"The certificate '{leaf.Subject}' ended on {leaf.NotAfter.ToUniversalTime():u}; get a new one.")));
        if (now < leaf.NotBefore.ToUniversalTime())
            findings.Add(new MtlsFinding(MtlsProblem.NotYetValid, Error.Invariant($"The certificate '{leaf.Subject}' begins on {leaf.NotBefore.ToUniversalTime():u}; check this machine's clock.")));
        if (purposes.HasFlag(MtlsPurposes.Client) && !PeerVerifier.HasPurpose(leaf, PeerVerifier.ClientAuthentication))
            findings.Add(new MtlsFinding(MtlsProblem.WrongEku, $"The certificate '{leaf.Subject}' is not meant for client authentication (1.3.6.1.5.5.7.3.2)."));
        if (purposes.HasFlag(MtlsPurposes.Server) && !PeerVerifier.HasPurpose(leaf, PeerVerifier.ServerAuthentication))
            findings.Add(new MtlsFinding(MtlsProblem.WrongEku, $"The certificate '{leaf.Subject}' is not meant for server authentication (1.3.6.1.5.5.7.3.1)."));
        if (PeerIdentities.Of(leaf).Count == 0)
            findings.Add(new MtlsFinding(MtlsProblem.NameMismatch, $"The certificate '{leaf.Subject}' has no subject alternative name (DNS or URI); peers cannot know who it is."));

        using RSA? rsa = leaf.GetRSAPublicKey();
        using ECDsa? ec = leaf.GetECDsaPublicKey();
        if (rsa is { KeySize: < MinRsaBits })
            findings.Add(new MtlsFinding(MtlsProblem.KeyTooWeak, Error.Invariant($"The RSA key has {rsa.KeySize} bits; use at least {MinRsaBits}.")));
        if (ec is { KeySize: < MinEcBits })
            findings.Add(new MtlsFinding(MtlsProblem.KeyTooWeak, Error.Invariant($"The EC key has {ec.KeySize} bits; use at least {MinEcBits}.")));
    }

    private static void CheckChain(X509Certificate2 leaf, X509Certificate2Collection? intermediates, X509Certificate2Collection roots, List<MtlsFinding> findings)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        if (intermediates is not null)
            chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Time has findings of its own.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        if (!chain.Build(leaf))
            findings.Add(new MtlsFinding(MtlsProblem.CertificateNotTrusted, $"The certificate '{leaf.Subject}' does not chain to a root of the trust file; add the intermediates to the certificate file or the root to the trust file."));
    }

    private static void CheckList(string path, X509Certificate2Collection? roots, X509Certificate2Collection? intermediates, DateTimeOffset now, List<MtlsFinding> findings)
    {
        RevocationList? list = Try(findings, () => RevocationList.Load(path));
        if (list is null)
            return;
        if (!list.IsCurrent(now))
            findings.Add(new MtlsFinding(MtlsProblem.RevocationListInvalid, Error.Invariant($"The revocation list '{path}' is for {list.ThisUpdate:u} to {list.NextUpdate:u}; get a new one from the CA.")));
        IEnumerable<X509Certificate2> issuers = [.. roots ?? [], .. intermediates ?? []];
        if (!issuers.Any(list.IsSignedBy))
            findings.Add(new MtlsFinding(MtlsProblem.RevocationListInvalid, $"The revocation list '{path}' is not signed by a CA that is known here."));
    }
}
