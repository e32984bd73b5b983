using System.Buffers;
using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>
/// Verifies the form of CMS that code signing writes: one signer, named by issuer and serial number, signed attributes, RSA with PKCS #1
/// v1.5. Keys of certificates are kept, so a tree that one publisher signed loads each certificate once.
/// </summary>
/// <remarks>
/// Reference: RFC 5652, sections 5.3 to 5.6. It only ever says "valid"; whatever it does not understand or does not accept is left to
/// <see cref="System.Security.Cryptography.Pkcs.SignedCms"/>, which has the last word.
/// </remarks>
internal static class SignedMessage
{
    private const int MaxKeptKeys = 256, MaxCertificates = 64;
    private const string SignedData = "1.2.840.113549.1.7.2", ContentType = "1.2.840.113549.1.9.3", MessageDigest = "1.2.840.113549.1.9.4", CounterSignature = "1.2.840.113549.1.9.6";

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly ConcurrentDictionary<string, SignerKey> Keys = new(StringComparer.Ordinal);

    /// <summary>Verifies a message.</summary>
    /// <param name="message">The DER encoding of ContentInfo.</param>
    /// <param name="content">The encoding of the signed content; empty when false is returned.</param>
    /// <param name="signer">The simple name of the signer.</param>
    /// <returns>True when the signature fits the content; false says nothing.</returns>
    public static bool TryVerify(ReadOnlySpan<byte> message, out byte[] content, out string? signer)
    {
        content = [];
        signer = null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        try
        {
            message.CopyTo(buffer);
            return TryVerify(buffer.AsMemory(0, message.Length), out content, out signer);
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException or ArgumentException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryVerify(ReadOnlyMemory<byte> message, out byte[] content, out string? signer)
    {
        content = [];
        signer = null;
        AsnReader info = new AsnReader(message, AsnEncodingRules.DER).ReadSequence();
        if (info.ReadObjectIdentifier() != SignedData)
            return false;
        AsnReader data = info.ReadSequence(Context0).ReadSequence();
        data.ReadInteger();
        data.ReadEncodedValue();
        AsnReader encapsulated = data.ReadSequence();
        string contentType = encapsulated.ReadObjectIdentifier();
        ReadOnlyMemory<byte> signed = encapsulated.ReadSequence(Context0).ReadEncodedValue();
        if (!data.PeekTag().HasSameClassAndValue(Context0))
            return false;
        AsnReader certificates = data.ReadSetOf(skipSortOrderValidation: true, Context0);
        if (data.PeekTag().HasSameClassAndValue(Context1))
            data.ReadEncodedValue();
        AsnReader signers = data.ReadSetOf(skipSortOrderValidation: true);
        AsnReader one = signers.ReadSequence();
        if (signers.HasData || !TryVerifySigner(one, contentType, signed, certificates, out signer))
            return false;
        content = signed.ToArray();
        return true;
    }

    private static bool TryVerifySigner(AsnReader signerInfo, string contentType, ReadOnlyMemory<byte> signed, AsnReader certificates, out string? signer)
    {
        signer = null;
        signerInfo.ReadInteger();
        if (!signerInfo.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            return false;
        AsnReader identifier = signerInfo.ReadSequence();
        ReadOnlyMemory<byte> issuer = identifier.ReadEncodedValue(), serial = identifier.ReadEncodedValue();
        HashAlgorithmName? hash = HashOf(signerInfo.ReadSequence().ReadObjectIdentifier());
        if (hash is null || !signerInfo.PeekTag().HasSameClassAndValue(Context0))
            return false;
        byte[] attributes = signerInfo.PeekEncodedValue().ToArray();
        if (!AttributesFit(signerInfo.ReadSetOf(skipSortOrderValidation: true, Context0), contentType, HashContent(signed, hash.Value)))
            return false;
        if (!IsPkcs1(signerInfo.ReadSequence().ReadObjectIdentifier(), hash.Value))
            return false;
        byte[] signature = signerInfo.ReadOctetString();
        // A countersignature of the old kind is a second thing to verify.
        if (signerInfo.HasData && HasAttribute(signerInfo.ReadSetOf(skipSortOrderValidation: true, Context1), CounterSignature))
            return false;
        if (FindKey(certificates, issuer.Span, serial.Span) is not { } key)
            return false;
        // The attributes are signed under the tag of a SET, not under the one that they have in the message.
        attributes[0] = 0x31;
        if (!key.Verify(CryptographicOperations.HashData(hash.Value, attributes), signature, hash.Value))
            return false;
        signer = key.Name;
        return true;
    }

    private static byte[] HashContent(ReadOnlyMemory<byte> encoded, HashAlgorithmName hash)
    {
        AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.DER, out int offset, out int length, out _);
        return CryptographicOperations.HashData(hash, encoded.Span.Slice(offset, length));
    }

    private static bool AttributesFit(AsnReader attributes, string contentType, byte[] digest)
    {
        int types = 0, digests = 0;
        while (attributes.HasData)
        {
            AsnReader attribute = attributes.ReadSequence();
            string id = attribute.ReadObjectIdentifier();
            AsnReader values = attribute.ReadSetOf();
            if (id == ContentType)
            {
                types++;
                if (values.ReadObjectIdentifier() != contentType || values.HasData)
                    return false;
            }
            else if (id == MessageDigest)
            {
                digests++;
                if (!CryptographicOperations.FixedTimeEquals(values.ReadOctetString(), digest) || values.HasData)
                    return false;
            }
        }

        return types == 1 && digests == 1;
    }

    private static bool HasAttribute(AsnReader attributes, string id)
    {
        while (attributes.HasData)
        {
            if (attributes.ReadSequence().ReadObjectIdentifier() == id)
                return true;
        }

        return false;
    }

    // TBSCertificate ::= SEQUENCE { version [0], serialNumber, signature, issuer, ... }
    private static SignerKey? FindKey(AsnReader certificates, ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> serial)
    {
        for (int i = 0; i < MaxCertificates && certificates.HasData; i++)
        {
            ReadOnlyMemory<byte> encoded = certificates.ReadEncodedValue();
            AsnReader body = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (body.PeekTag().HasSameClassAndValue(Context0))
                body.ReadEncodedValue();
            bool same = body.ReadEncodedValue().Span.SequenceEqual(serial);
            body.ReadEncodedValue();
            if (same && body.ReadEncodedValue().Span.SequenceEqual(issuer))
                return KeyOf(encoded.Span);
        }

        return null;
    }

    private static SignerKey? KeyOf(ReadOnlySpan<byte> certificate)
    {
        string name = Convert.ToHexString(SHA256.HashData(certificate));
        if (Keys.TryGetValue(name, out SignerKey? known))
            return known;
        using X509Certificate2 loaded = X509CertificateLoader.LoadCertificate(certificate);
        if (loaded.GetRSAPublicKey() is not { } rsa)
            return null;
        var key = new SignerKey(rsa, loaded.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        // A flood of certificates costs time only; keys that are in use stay alive with their users.
        if (Keys.Count >= MaxKeptKeys)
            Keys.Clear();
        return Keys.GetOrAdd(name, key);
    }

    private static bool IsPkcs1(string algorithm, HashAlgorithmName hash) => algorithm switch
    {
        "1.2.840.113549.1.1.1" => true,
        "1.2.840.113549.1.1.11" => hash == HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" => hash == HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" => hash == HashAlgorithmName.SHA512,
        _ => false,
    };

    private static HashAlgorithmName? HashOf(string algorithm) => algorithm switch
    {
        "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
        "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
        "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private sealed class SignerKey(RSA rsa, string name)
    {
        private readonly Lock _gate = new();

        public string Name { get; } = name;

        public bool Verify(byte[] hash, byte[] signature, HashAlgorithmName algorithm)
        {
            lock (_gate)
                return rsa.VerifyHash(hash, signature, algorithm, RSASignaturePadding.Pkcs1);
        }
    }
}
