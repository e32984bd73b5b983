using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.Runtime.Secrets;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Certificate, key, trust and revocation lists as they were in the files at one moment.</summary>
internal sealed class MtlsCredentials
{
    private readonly X509Certificate2Collection _roots;

    private MtlsCredentials(SslStreamCertificateContext context, X509Certificate2 leaf, X509Certificate2Collection roots, ImmutableArray<RevocationList> lists)
    {
        Context = context;
        Leaf = leaf;
        _roots = roots;
        RevocationLists = lists;
    }

    /// <summary>The own certificate with its intermediates, as TLS sends it.</summary>
    public SslStreamCertificateContext Context { get; }

    public X509Certificate2 Leaf { get; }

    public ImmutableArray<RevocationList> RevocationLists { get; }

    /// <exception cref="MtlsException">A file is missing, malformed, unsafe or does not fit the others.</exception>
    public static MtlsCredentials Load(MtlsOptions options, SecretProvider secrets, TimeProvider time)
    {
        X509Certificate2Collection roots = CertificateFiles.LoadTrust(options.TrustPath);
        var lists = ImmutableArray.CreateBuilder<RevocationList>();
        foreach (string path in options.RevocationListPaths)
        {
            RevocationList list = RevocationList.Load(path);
            if (!list.IsCurrent(time.GetUtcNow()))
                throw new MtlsException(MtlsProblem.RevocationListInvalid, $"The revocation list '{path}' is out of date; get a new one from the CA.");
            lists.Add(list);
        }

        (X509Certificate2 leaf, X509Certificate2Collection intermediates) = CertificateFiles.LoadOwn(options, secrets);
        return new MtlsCredentials(SslStreamCertificateContext.Create(leaf, intermediates, offline: true), leaf, roots, lists.ToImmutable());
    }

    public X509ChainPolicy CreateChainPolicy(DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // Lists come from files and are checked by PeerVerifier; the chain engine would ask the network.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(_roots);
        return policy;
    }
}
