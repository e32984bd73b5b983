using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>
/// Checks an Authenticode signature without network: the digest of the file is computed again over all bytes but the checksum, the
/// certificate directory and the certificate table, and compared with the one that was signed.
/// </summary>
/// <remarks>Reference: Microsoft, "Windows Authenticode Portable Executable Signature Format". The chain is not built: that needs trust anchors and a policy.</remarks>
public static class Authenticode
{
    private const int MaxSignatureLength = 4 << 20;

    /// <summary>Checks the first signature of an image.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="image">The parsed image.</param>
    /// <param name="signer">The subject of the signing certificate, or null.</param>
    public static AuthenticodeState Check(ReadOnlySpan<byte> bytes, PeImage image, out string? signer)
    {
        ArgumentNullException.ThrowIfNull(image);
        signer = null;
        if (image.Directories.Length <= 4 || image.Directories[4] is not { Address: > 0, Size: > 8 } directory)
            return AuthenticodeState.Unsigned;
        var reader = new SpanReader(bytes);
        long length = reader.UInt32(directory.Address);
        if (reader.UInt16(directory.Address + 6L) != 2)
            return AuthenticodeState.Unknown;
        if (length < 8 || length > directory.Size || length > MaxSignatureLength || !reader.TrySlice(directory.Address + 8L, length - 8, out ReadOnlySpan<byte> blob))
            return AuthenticodeState.Tampered;
        try
        {
            // The common form first: it costs a twentieth. What it does not accept is looked at by the framework.
            if (SignedMessage.TryVerify(blob, out byte[] content, out signer))
                return FitsFile(bytes, image, directory.Address, content) ?? AuthenticodeState.Unknown;
            var cms = new SignedCms();
            cms.Decode(blob);
            signer = cms.SignerInfos.Count > 0 ? cms.SignerInfos[0].Certificate?.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false) : null;
            if (FitsFile(bytes, image, directory.Address, cms.ContentInfo.Content) is not { } fits)
                return AuthenticodeState.Unknown;
            if (fits != AuthenticodeState.Valid || cms.SignerInfos.Count == 0)
                return AuthenticodeState.Tampered;
            cms.CheckSignature(verifySignatureOnly: true);
            return AuthenticodeState.Valid;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException or ArgumentException or NotSupportedException)
        {
            return AuthenticodeState.Tampered;
        }
    }

    /// <summary>The first signature of an image as it stands in the file, or nothing.</summary>
    internal static ReadOnlySpan<byte> SignatureOf(ReadOnlySpan<byte> bytes, PeImage image)
    {
        if (image.Directories.Length <= 4 || image.Directories[4] is not { Address: > 0, Size: > 8 } directory)
            return default;
        var reader = new SpanReader(bytes);
        long length = reader.UInt32(directory.Address);
        return length >= 8 && length <= directory.Size && reader.TrySlice(directory.Address + 8L, length - 8, out ReadOnlySpan<byte> blob) ? blob : default;
    }

    // Null for an algorithm or a layout that is not known.
    private static AuthenticodeState? FitsFile(ReadOnlySpan<byte> bytes, PeImage image, long certificateOffset, byte[] content)
    {
        if (!TryReadSignedDigest(content, out string oid, out byte[] signed))
            return AuthenticodeState.Tampered;
        if (ComputeDigest(bytes, image, certificateOffset, oid) is not { } actual)
            return null;
        return CryptographicOperations.FixedTimeEquals(actual, signed) ? AuthenticodeState.Valid : AuthenticodeState.Tampered;
    }

    /// <summary>Computes the digest that Authenticode signs.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="image">The parsed image.</param>
    /// <param name="certificateOffset">Where the certificate table starts.</param>
    /// <param name="algorithmOid">The object identifier of the hash.</param>
    /// <returns>Null for an unknown algorithm or a table that is not at the end.</returns>
    internal static byte[]? ComputeDigest(ReadOnlySpan<byte> bytes, PeImage image, long certificateOffset, string algorithmOid)
    {
        HashAlgorithmName? name = algorithmOid switch
        {
            "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
            "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
            "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
            "1.3.14.3.2.26" => HashAlgorithmName.SHA1,
            _ => null,
        };
        long certificateEntry = image.DirectoriesOffset + (4 * 8);
        if (name is null || image.CheckSumOffset + 4 > certificateEntry || certificateEntry + 8 > certificateOffset || certificateOffset > bytes.Length)
            return null;
        using var hash = IncrementalHash.CreateHash(name.Value);
        hash.AppendData(bytes[..(int)image.CheckSumOffset]);
        hash.AppendData(bytes[(int)(image.CheckSumOffset + 4)..(int)certificateEntry]);
        hash.AppendData(bytes[(int)(certificateEntry + 8)..(int)certificateOffset]);
        // What stands behind the table is signed too; the table itself is not.
        long end = certificateOffset + image.Directories[4].Size;
        if (end < bytes.Length)
            hash.AppendData(bytes[(int)end..]);
        return hash.GetHashAndReset();
    }

    // SpcIndirectDataContent ::= SEQUENCE { data, messageDigest DigestInfo }
    private static bool TryReadSignedDigest(byte[] content, out string oid, out byte[] digest)
    {
        var outer = new AsnReader(content, AsnEncodingRules.BER);
        AsnReader sequence = outer.ReadSequence();
        sequence.ReadEncodedValue();
        AsnReader info = sequence.ReadSequence();
        oid = info.ReadSequence().ReadObjectIdentifier();
        digest = info.ReadOctetString();
        return true;
    }
}
