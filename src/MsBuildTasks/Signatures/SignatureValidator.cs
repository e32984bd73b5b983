using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.MsBuildTasks.Packages;

namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>
/// Validates package signatures offline: the hash over the archive, the CMS signatures, the time stamps and the chains to the SDK's roots.
/// </summary>
/// <remarks>
/// References: RFC 5652 (CMS), RFC 5126 (attributes), RFC 3161 (time stamps), RFC 5280 (chains). Revocation is not asked for: restore has
/// done it where the network allowed, and a build must give the same answer offline. As NuGet does, a package with an author signature
/// whose chain has no trusted root is still valid when the repository's countersignature is. Thread safe.
/// </remarks>
public sealed class SignatureValidator
{
    private readonly TrustedRoots _roots;
    private readonly TimeProvider _time;

    // A handful of certificates sign all packages, and a chain costs ten times what the rest of a package does. The value is the time in
    // which every element of the chain was valid; failures are not kept, because the next package may carry the missing certificate.
    private readonly ConcurrentDictionary<(string Fingerprint, string Usage), (DateTime From, DateTime To)> _chains = new();

    /// <summary>Creates a validator.</summary>
    /// <param name="roots">The roots to trust.</param>
    /// <param name="time">The clock for signatures without a time stamp.</param>
    public SignatureValidator(TrustedRoots roots, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(time);
        _roots = roots;
        _time = time;
    }

    /// <summary>Validates the signature of a package.</summary>
    /// <param name="archive">The package; a seekable stream.</param>
    /// <returns>The verdict; a package without a signature is invalid.</returns>
    /// <exception cref="PackageFormatException">The archive or the signature breaks its format.</exception>
    public SignatureVerdict Validate(Stream archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ZipDirectory directory = ZipDirectory.Read(archive);
        byte[]? bytes = SignatureEnvelope.ReadBytes(archive, directory);
        if (bytes is null)
            return SignatureVerdict.Invalid("the package is not signed");
        SignatureEnvelope envelope = SignatureEnvelope.Decode(bytes);
        return Validate(envelope, PackageContentHash.Compute(archive, directory, envelope.HashAlgorithm));
    }

    internal SignatureVerdict Validate(SignatureEnvelope envelope, byte[] archiveHash)
    {
        if (!CryptographicOperations.FixedTimeEquals(archiveHash, envelope.CoveredHash))
            return SignatureVerdict.Invalid("the archive is not the one that was signed");
        try
        {
            envelope.CheckSignatures();
        }
        catch (CryptographicException exception)
        {
            return SignatureVerdict.Invalid("the cryptographic signature does not hold: " + OneLine(exception.Message));
        }

        SignatureVerdict primary = ValidateSigner(envelope, envelope.Primary);
        if (primary.IsValid || envelope.Repository is null || ReferenceEquals(envelope.Repository, envelope.Primary))
            return primary;
        return ValidateSigner(envelope, envelope.Repository);
    }

    private SignatureVerdict ValidateSigner(SignatureEnvelope envelope, SignerInfo signer)
    {
        if (signer.Certificate is not { } certificate)
            return SignatureVerdict.Invalid("the signature does not carry the signer's certificate");
        if (!NamesCertificate(signer, certificate))
            return SignatureVerdict.Invalid("the signed attributes name another certificate than the signature carries");

        DateTime when = _time.GetUtcNow().UtcDateTime;
        foreach (byte[] encoded in SignatureEnvelope.Attributes(signer.UnsignedAttributes, SignatureObjectIds.TimestampToken))
        {
            if (!TryReadTimestamp(encoded, signer, out when, out string problem))
                return SignatureVerdict.Invalid("the time stamp does not hold: " + problem);
            break;
        }

        return BuildChain(certificate, envelope.Cms, forTimestamps: false, when, out string reason)
            ? SignatureVerdict.Valid
            : SignatureVerdict.Invalid($"no trusted root stands behind '{certificate.Subject}': {reason}");
    }

    private bool TryReadTimestamp(byte[] encoded, SignerInfo signer, out DateTime when, out string problem)
    {
        when = default;
        if (!Rfc3161TimestampToken.TryDecode(encoded, out Rfc3161TimestampToken? token, out _))
        {
            problem = "it is not an RFC 3161 token";
            return false;
        }

        SignedCms cms = token.AsSignedCms();
        if (!token.VerifySignatureForSignerInfo(signer, out X509Certificate2? authority))
        {
            problem = "it was not made for this signature";
            return false;
        }

        // A token proves when it was made; its authority may have retired since. The chain is judged at that time.
        when = token.TokenInfo.Timestamp.UtcDateTime;
        using X509Certificate2 certificate = authority;
        return BuildChain(certificate, cms, forTimestamps: true, when, out problem);
    }

    private bool BuildChain(X509Certificate2 certificate, SignedCms cms, bool forTimestamps, DateTime when, out string reason)
    {
        string usage = forTimestamps ? SignatureObjectIds.TimestampingUsage : SignatureObjectIds.CodeSigningUsage;
        (string, string) key = (certificate.GetCertHashString(HashAlgorithmName.SHA256), usage);
        if (_chains.TryGetValue(key, out (DateTime From, DateTime To) window) && when >= window.From && when <= window.To)
        {
            reason = "";
            return true;
        }

        X509Certificate2Collection extra = cms.Certificates;
        using var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_roots.FindIssuers(extra.Append(certificate), forTimestamps));
        policy.ExtraStore.AddRange(extra);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = when.ToLocalTime();
        policy.ApplicationPolicy.Add(new Oid(usage));
        try
        {
            bool valid = chain.Build(certificate);
            if (valid)
            {
                _chains[key] = (
                    chain.ChainElements.Max(static element => element.Certificate.NotBefore.ToUniversalTime()),
                    chain.ChainElements.Min(static element => element.Certificate.NotAfter.ToUniversalTime()));
            }

            reason = valid ? "" : string.Join(", ", chain.ChainStatus.Select(static status => status.Status.ToString()).Distinct());
            return valid;
        }
        finally
        {
            foreach (X509ChainElement element in chain.ChainElements)
                element.Certificate.Dispose();
        }
    }

    // RFC 5035: SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 { hashAlgorithm DEFAULT sha256, certHash, ... } ... }
    private static bool NamesCertificate(SignerInfo signer, X509Certificate2 certificate)
    {
        foreach (byte[] value in SignatureEnvelope.Attributes(signer.SignedAttributes, SignatureObjectIds.SigningCertificateV2))
        {
            try
            {
                AsnReader first = new AsnReader(value, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence();
                string algorithm = first.PeekTag().TagValue == (int)UniversalTagNumber.Sequence
                    ? first.ReadSequence().ReadObjectIdentifier()
                    : SignatureObjectIds.Sha256;
                byte[] expected = first.ReadOctetString();
                byte[] actual = algorithm switch
                {
                    SignatureObjectIds.Sha256 => SHA256.HashData(certificate.RawData),
                    SignatureObjectIds.Sha384 => SHA384.HashData(certificate.RawData),
                    SignatureObjectIds.Sha512 => SHA512.HashData(certificate.RawData),
                    _ => [],
                };
                return actual.AsSpan().SequenceEqual(expected);
            }
            catch (AsnContentException)
            {
                return false;
            }
        }

        return false;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
