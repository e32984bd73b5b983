using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>A certificate revocation list from a file, so that revocation works without a network.</summary>
/// <remarks>Reference: RFC 5280, section 5. Signatures: RSA PKCS#1 v1.5 and ECDSA with SHA-256, SHA-384 or SHA-512. Delta lists are not supported.</remarks>
internal sealed class RevocationList
{
    private static readonly Dictionary<string, (bool IsRsa, HashAlgorithmName Hash)> s_algorithms = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.11"] = (true, HashAlgorithmName.SHA256),
        ["1.2.840.113549.1.1.12"] = (true, HashAlgorithmName.SHA384),
        ["1.2.840.113549.1.1.13"] = (true, HashAlgorithmName.SHA512),
        ["1.2.840.10045.4.3.2"] = (false, HashAlgorithmName.SHA256),
        ["1.2.840.10045.4.3.3"] = (false, HashAlgorithmName.SHA384),
        ["1.2.840.10045.4.3.4"] = (false, HashAlgorithmName.SHA512),
    };

    private readonly HashSet<BigInteger> _serials = [];
    private readonly byte[] _signedPart;
    private readonly byte[] _signature;
    private readonly string _algorithm;

    private RevocationList(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        _signedPart = outer.PeekEncodedValue().ToArray();
        AsnReader list = outer.ReadSequence();
        _algorithm = outer.ReadSequence().ReadObjectIdentifier();
        _signature = outer.ReadBitString(out _);
        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            list.ReadInteger();
        list.ReadSequence();
        Issuer = new X500DistinguishedName(list.ReadEncodedValue().Span).RawData;
        ThisUpdate = ReadTime(list);
        if (list.HasData && IsTime(list.PeekTag()))
            NextUpdate = ReadTime(list);
        if (!list.HasData || !list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            return;
        for (AsnReader revoked = list.ReadSequence(); revoked.HasData;)
            _serials.Add(revoked.ReadSequence().ReadInteger());
    }

    public byte[] Issuer { get; }

    public DateTimeOffset ThisUpdate { get; }

    public DateTimeOffset? NextUpdate { get; }

    /// <exception cref="MtlsException">The file cannot be read or is not a revocation list.</exception>
    public static RevocationList Load(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            string text = System.Text.Encoding.ASCII.GetString(bytes);
            if (PemEncoding.TryFind(text, out PemFields fields))
                bytes = Convert.FromBase64String(text[fields.Base64Data]);
            return new RevocationList(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or AsnContentException or CryptographicException or FormatException)
        {
            throw new MtlsException(MtlsProblem.RevocationListInvalid, $"'{path}' cannot be read as a revocation list: {failure.Message}", failure);
        }
    }

    public bool IsCurrent(DateTimeOffset now) => ThisUpdate <= now && (NextUpdate is null || now <= NextUpdate);

    public bool Covers(X509Certificate2 certificate) => certificate.IssuerName.RawData.AsSpan().SequenceEqual(Issuer);

    public bool Revokes(X509Certificate2 certificate) =>
        _serials.Contains(new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true));

    public bool IsSignedBy(X509Certificate2 issuer)
    {
        if (!issuer.SubjectName.RawData.AsSpan().SequenceEqual(Issuer) || !s_algorithms.TryGetValue(_algorithm, out (bool IsRsa, HashAlgorithmName Hash) algorithm))
            return false;
        if (algorithm.IsRsa)
        {
            using RSA? rsa = issuer.GetRSAPublicKey();
            return rsa is not null && rsa.VerifyData(_signedPart, _signature, algorithm.Hash, RSASignaturePadding.Pkcs1);
        }

        using ECDsa? ec = issuer.GetECDsaPublicKey();
        return ec is not null && ec.VerifyData(_signedPart, _signature, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool IsTime(Asn1Tag tag) => tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
