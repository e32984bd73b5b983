using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.MachO;

/// <summary>
/// Checks the embedded code signature of a Mach-O image without network: the hash of each page against the code directory, and the CMS
/// signature over the directory.
/// </summary>
/// <remarks>Reference: cs_blobs.h of XNU. Numbers in the signature are big-endian whatever the image is.</remarks>
public static class MachOSignature
{
    private const uint SuperBlobMagic = 0xFADE0CC0, DirectoryMagic = 0xFADE0C02, MessageMagic = 0xFADE0B01;
    private const uint DirectorySlot = 0, AlternateSlots = 0x1000, MessageSlot = 0x10000;
    private const int MaxBlobs = 64;
    private const int Sha1 = 1, Sha256 = 2, Sha256Truncated = 3, Sha384 = 4;

    /// <summary>Checks a signature.</summary>
    /// <param name="image">The bytes of one architecture.</param>
    /// <param name="offset">Where the signature starts.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="identifier">The identifier that the code directory has, or null.</param>
    /// <param name="signer">The simple name of the signer, or null.</param>
    public static MachOSignatureState Check(ReadOnlySpan<byte> image, long offset, long length, out string? identifier, out string? signer)
    {
        identifier = signer = null;
        if (!new SpanReader(image).TrySlice(offset, length, out ReadOnlySpan<byte> signature))
            return MachOSignatureState.Tampered;
        var reader = new SpanReader(signature, bigEndian: true);
        if (reader.UInt32(0) != SuperBlobMagic)
            return MachOSignatureState.Unknown;
        uint count = reader.UInt32(8);
        if (count > MaxBlobs)
            return MachOSignatureState.Unknown;
        ReadOnlySpan<byte> first = default, message = default;
        bool verified = false;
        for (uint i = 0; i < count; i++)
        {
            uint slot = reader.UInt32(12 + (8L * i)), at = reader.UInt32(16 + (8L * i));
            if (!reader.TrySlice(at, reader.UInt32(at + 4L), out ReadOnlySpan<byte> blob) || blob.Length < 8)
                return MachOSignatureState.Tampered;
            uint magic = reader.UInt32(at);
            if (magic == DirectoryMagic && slot is DirectorySlot or (>= AlternateSlots and < AlternateSlots + 5))
            {
                if (slot == DirectorySlot)
                    first = blob;
                // One directory for each hash algorithm; all of them have to hold.
                MachOSignatureState pages = CheckPages(image, offset, blob, ref identifier);
                if (pages != MachOSignatureState.Valid)
                    return pages;
                verified = true;
            }
            else if (magic == MessageMagic && slot == MessageSlot)
            {
                message = blob[8..];
            }
        }

        if (!verified || first.IsEmpty)
            return MachOSignatureState.Unknown;
        return message.IsEmpty ? MachOSignatureState.AdHoc : CheckMessage(first, message, out signer);
    }

    private static MachOSignatureState CheckPages(ReadOnlySpan<byte> image, long signatureOffset, ReadOnlySpan<byte> directory, ref string? identifier)
    {
        var reader = new SpanReader(directory, bigEndian: true);
        uint version = reader.UInt32(8), hashes = reader.UInt32(16), name = reader.UInt32(20), special = reader.UInt32(24), slots = reader.UInt32(28);
        long limit = reader.UInt32(32);
        if (directory.Length < 44)
            return MachOSignatureState.Tampered;
        int size = directory[36], kind = directory[37], pageBits = directory[39];
        if (version >= 0x20300 && reader.UInt64(56) is > 0 and <= long.MaxValue and var wide)
            limit = (long)wide;
        int expected = kind switch
        {
            Sha1 or Sha256Truncated => 20,
            Sha256 => 32,
            Sha384 => 48,
            _ => 0,
        };
        if (expected == 0 || pageBits is < 10 or > 30)
            return MachOSignatureState.Unknown;
        // What is hashed ends where the signature starts: a smaller limit would leave code without a hash.
        long pageSize = 1L << pageBits;
        if (size != expected || limit != signatureOffset || slots != (limit + pageSize - 1) / pageSize || !reader.Contains(hashes - ((long)special * size), ((long)special + slots) * size))
            return MachOSignatureState.Tampered;
        identifier ??= reader.Latin1String(name, 256);
        Span<byte> digest = stackalloc byte[SHA384.HashSizeInBytes];
        for (long slot = 0; slot < slots; slot++)
        {
            long start = slot * pageSize;
            ReadOnlySpan<byte> page = image.Slice((int)start, (int)Math.Min(pageSize, limit - start));
            Hash(kind, page, digest);
            if (!CryptographicOperations.FixedTimeEquals(digest[..size], directory.Slice((int)(hashes + (slot * size)), size)))
                return MachOSignatureState.Tampered;
        }

        return MachOSignatureState.Valid;
    }

    private static void Hash(int kind, ReadOnlySpan<byte> page, Span<byte> digest)
    {
#pragma warning disable CA5350 // Old signatures use SHA-1; the question is whether the file fits its signature.
        if (kind == Sha1)
            SHA1.HashData(page, digest);
#pragma warning restore CA5350
        else if (kind == Sha384)
            SHA384.HashData(page, digest);
        else
            SHA256.HashData(page, digest);
    }

    private static MachOSignatureState CheckMessage(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> message, out string? signer)
    {
        signer = null;
        try
        {
            var cms = new SignedCms(new ContentInfo(directory.ToArray()), detached: true);
            cms.Decode(message);
            if (cms.SignerInfos.Count == 0)
                return MachOSignatureState.Tampered;
            signer = cms.SignerInfos[0].Certificate?.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false);
            cms.CheckSignature(verifySignatureOnly: true);
            return MachOSignatureState.Valid;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException or ArgumentException or NotSupportedException)
        {
            return MachOSignatureState.Tampered;
        }
    }
}
