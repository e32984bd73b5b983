using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>
/// Builds the chain of an Authenticode signer to given trust anchors, without network: no certificate is downloaded and no revocation is
/// asked for. A time stamp counts when its own signature and chain hold.
/// </summary>
public static class AuthenticodeChain
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3", TimeStamping = "1.3.6.1.5.5.7.3.8", TimeStampToken = "1.3.6.1.4.1.311.3.3.1";

    /// <summary>Checks the certificates of a signature.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="image">The parsed image.</param>
    /// <param name="anchors">The roots that are trusted.</param>
    /// <param name="now">The present time; counts where there is no time stamp.</param>
    public static AuthenticodeChainResult Check(ReadOnlySpan<byte> bytes, PeImage image, X509Certificate2Collection anchors, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(anchors);
        ReadOnlySpan<byte> blob = Authenticode.SignatureOf(bytes, image);
        if (blob.IsEmpty || Authenticode.Check(bytes, image, out _) != AuthenticodeState.Valid)
            return new AuthenticodeChainResult(AuthenticodeChainState.NotChecked, "", null);
        try
        {
            var message = new SignedCms();
            message.Decode(blob);
            if (message.SignerInfos.Count == 0 || message.SignerInfos[0].Certificate is not { } signer)
                return new AuthenticodeChainResult(AuthenticodeChainState.UntrustedRoot, "the certificate of the signer is missing", null);
            DateTimeOffset? signedAt = VerifiedTime(message.SignerInfos[0], anchors);
            (AuthenticodeChainState state, string problem) = Build(signer, message.Certificates, anchors, CodeSigning, signedAt ?? now);
            string subject = PrintableText.Escape(signer.GetNameInfo(X509NameType.SimpleName, forIssuer: false), 200);
            return new AuthenticodeChainResult(state, problem.Length == 0 ? subject : subject + ": " + problem, signedAt);
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException or ArgumentException)
        {
            return new AuthenticodeChainResult(AuthenticodeChainState.Invalid, "the signature cannot be read", null);
        }
    }

    private static (AuthenticodeChainState State, string Problem) Build(X509Certificate2 certificate, X509Certificate2Collection extra, X509Certificate2Collection anchors, string usage, DateTimeOffset time)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors);
        chain.ChainPolicy.ExtraStore.AddRange(extra);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.LocalDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage));
        if (chain.Build(certificate))
            return (AuthenticodeChainState.Trusted, "");
        X509ChainStatusFlags flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (all, status) => all | status.Status);
        string problem = flags.ToString();
        if ((flags & (X509ChainStatusFlags.NotSignatureValid | X509ChainStatusFlags.InvalidBasicConstraints | X509ChainStatusFlags.InvalidNameConstraints | X509ChainStatusFlags.InvalidExtension | X509ChainStatusFlags.InvalidPolicyConstraints | X509ChainStatusFlags.ExplicitDistrust | X509ChainStatusFlags.HasWeakSignature)) != 0)
            return (AuthenticodeChainState.Invalid, problem);
        if ((flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
            return (AuthenticodeChainState.UntrustedRoot, problem);
        if ((flags & X509ChainStatusFlags.NotValidForUsage) != 0)
            return (AuthenticodeChainState.WrongUsage, problem);
        return ((flags & (X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested)) != 0 ? AuthenticodeChainState.Expired : AuthenticodeChainState.Invalid, problem);
    }

    // Only a stamp whose own certificates hold proves a time: otherwise anyone could date a signature back to when a stolen key was valid.
    private static DateTimeOffset? VerifiedTime(SignerInfo signer, X509Certificate2Collection anchors)
    {
        foreach (CryptographicAttributeObject attribute in signer.UnsignedAttributes)
        {
            if (attribute.Oid.Value != TimeStampToken || attribute.Values.Count == 0)
                continue;
            byte[] encoded = attribute.Values[0].RawData;
            if (!Rfc3161TimestampToken.TryDecode(encoded, out Rfc3161TimestampToken? token, out _) || !token.VerifySignatureForSignerInfo(signer, out X509Certificate2? authority, null))
                return null;
            DateTimeOffset time = token.TokenInfo.Timestamp;
            return Build(authority, token.AsSignedCms().Certificates, anchors, TimeStamping, time).State == AuthenticodeChainState.Trusted ? time : null;
        }

        return null;
    }
}
