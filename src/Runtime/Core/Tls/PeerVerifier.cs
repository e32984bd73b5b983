using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Decides whether a peer's certificate is accepted: chain, purpose, revocation, identity, in this order; anything unknown refuses.</summary>
internal sealed class PeerVerifier(MtlsCredentials credentials, MtlsOptions options, TimeProvider time)
{
    internal const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    internal const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Returns null when the peer is accepted, and the reason otherwise.</summary>
    /// <param name="certificate">The peer's certificate, if it sent one.</param>
    /// <param name="chain">The chain that TLS built; its extra certificates serve as intermediates.</param>
    /// <param name="errors">What TLS itself found. A host name that does not match is final.</param>
    /// <param name="purpose">The extended key usage that the certificate must name.</param>
    /// <param name="checkIdentity">Whether the allowed identities apply (for servers they do only when some are given; the host name is checked anyway).</param>
    public MtlsProblem? Refuse(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, string purpose, bool checkIdentity)
    {
        if (certificate is not X509Certificate2 peer || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return MtlsProblem.NoCertificate;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return MtlsProblem.NameMismatch;

        using var own = new X509Chain();
        own.ChainPolicy = credentials.CreateChainPolicy(time.GetUtcNow());
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        if (!own.Build(peer))
            return FromStatus(peer, own.ChainStatus);
        if (!HasPurpose(peer, purpose))
            return MtlsProblem.WrongEku;
        if (FromRevocation(own) is { } revoked)
            return revoked;
        return checkIdentity && !PeerIdentities.IsAllowed(PeerIdentities.Of(peer), options.AllowedIdentities) ? MtlsProblem.NameMismatch : null;
    }

    internal static bool HasPurpose(X509Certificate2 certificate, string purpose) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == purpose));

    private MtlsProblem FromStatus(X509Certificate2 peer, X509ChainStatus[] statuses)
    {
        X509ChainStatusFlags flags = statuses.Aggregate(X509ChainStatusFlags.NoError, static (all, status) => all | status.Status);
        const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;
        if ((flags & Untrusted) == 0 && flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return time.GetUtcNow() < new DateTimeOffset(peer.NotBefore.ToUniversalTime()) ? MtlsProblem.NotYetValid : MtlsProblem.CertificateExpired;
        return MtlsProblem.CertificateNotTrusted;
    }

    private MtlsProblem? FromRevocation(X509Chain chain)
    {
        // The root vouches for itself; everybody below can be revoked by the one above.
        for (int i = 0; i < chain.ChainElements.Count - 1; i++)
        {
            X509Certificate2 certificate = chain.ChainElements[i].Certificate;
            X509Certificate2 issuer = chain.ChainElements[i + 1].Certificate;
            bool known = false;
            foreach (RevocationList list in credentials.RevocationLists)
            {
                if (!list.Covers(certificate) || !list.IsSignedBy(issuer))
                    continue;
                if (list.Revokes(certificate))
                    return MtlsProblem.CertificateRevoked;
                known |= list.IsCurrent(time.GetUtcNow());
            }

            if (!known && options.RequireRevocationList)
                return MtlsProblem.RevocationListInvalid;
        }

        return null;
    }
}
