using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.MsBuildTasks.Restore;

namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>
/// The root certificates that package signatures may end at: the bundles that the .NET SDK ships for this purpose, in its folder
/// <c>trustedroots</c>. Thread safe.
/// </summary>
/// <remarks>
/// The bundles hold hundreds of roots and a build meets a handful. They are indexed by subject from their encoding; a certificate is made
/// only when a chain asks for its subject. Reference: RFC 5280, section 4.1 (TBSCertificate).
/// </remarks>
public sealed class TrustedRoots
{
    private const string CodeSigningBundle = "codesignctl.pem";
    private const string TimestampingBundle = "timestampctl.pem";

    private readonly ILookup<string, byte[]> _codeSigning;
    private readonly ILookup<string, byte[]> _timestamping;
    private readonly ConcurrentDictionary<byte[], X509Certificate2> _certificates = new(ReferenceEqualityComparer.Instance);

    private TrustedRoots(ILookup<string, byte[]> codeSigning, ILookup<string, byte[]> timestamping)
    {
        _codeSigning = codeSigning;
        _timestamping = timestamping;
    }

    /// <summary>Reads the bundles of an SDK.</summary>
    /// <param name="sdkFolder">The folder of the SDK, the one that holds MSBuild.dll.</param>
    /// <returns>The roots, or null when the SDK has no bundles.</returns>
    /// <exception cref="CryptographicException">A bundle is damaged.</exception>
    public static TrustedRoots? Load(string sdkFolder)
    {
        string folder = Path.Combine(sdkFolder, "trustedroots");
        string codeSigning = Path.Combine(folder, CodeSigningBundle);
        string timestamping = Path.Combine(folder, TimestampingBundle);
        return OptionalFile.ReadText(codeSigning) is { } code && OptionalFile.ReadText(timestamping) is { } time
            ? new TrustedRoots(Index(code, codeSigning), Index(time, timestamping))
            : null;
    }

    /// <summary>The roots that could have issued any of the certificates.</summary>
    /// <param name="certificates">The certificates of a signature.</param>
    /// <param name="forTimestamps">Whether roots for time stamps are wanted, not those for code.</param>
    internal X509Certificate2Collection FindIssuers(IEnumerable<X509Certificate2> certificates, bool forTimestamps)
    {
        ILookup<string, byte[]> index = forTimestamps ? _timestamping : _codeSigning;
        var found = new X509Certificate2Collection();
        foreach (string issuer in certificates.Select(static certificate => Convert.ToHexString(certificate.IssuerName.RawData)).Distinct())
        {
            foreach (byte[] encoded in index[issuer])
                found.Add(_certificates.GetOrAdd(encoded, static bytes => X509CertificateLoader.LoadCertificate(bytes)));
        }

        return found;
    }

    private static ILookup<string, byte[]> Index(string bundle, string path)
    {
        var certificates = new List<byte[]>();
        ReadOnlySpan<char> rest = bundle;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            certificates.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            rest = rest[fields.Location.End..];
        }

        try
        {
            return certificates.ToLookup(static certificate => Convert.ToHexString(ReadSubject(certificate)), StringComparer.Ordinal);
        }
        catch (AsnContentException exception)
        {
            throw new CryptographicException($"'{path}' holds a certificate that is not DER: {exception.Message}", exception);
        }
    }

    // Certificate ::= SEQUENCE { SEQUENCE { [0] version OPTIONAL, serial, algorithm, issuer, validity, subject, ... } ... }
    private static byte[] ReadSubject(byte[] certificate)
    {
        AsnReader body = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (body.PeekTag().TagClass == TagClass.ContextSpecific)
            body.ReadEncodedValue();
        const int FieldsBeforeSubject = 4;
        for (int i = 0; i < FieldsBeforeSubject; i++)
            body.ReadEncodedValue();
        return body.ReadEncodedValue().ToArray();
    }
}
