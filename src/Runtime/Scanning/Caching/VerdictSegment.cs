using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// A file with many entries of a verdict store. A process writes its own segments and publishes each under its final name when it is
/// complete; nobody changes one afterwards.
/// </summary>
/// <remarks>
/// <code>
/// "STCV" 2 0 0 0 | sealed entry | sealed entry | ... | sealed directory | offset and length of the directory, "STCE"
/// </code>
/// The directory lists keys with offset and length, then identities of files with the digests of their contents. Entries and directory are
/// sealed by <see cref="VerdictCipher"/>; the associated data of an entry is its key, that of a directory is a key that no content has.
/// </remarks>
internal sealed class VerdictSegment : IDisposable
{
    /// <summary>The extension of published segments.</summary>
    public const string Extension = ".verdicts";

    /// <summary>The longest entry and the longest directory in bytes that are read.</summary>
    public const int MaxEntryLength = 64 << 20;

    private const int HeaderLength = 8, TrailerLength = 16, RowLength = CacheKey.Length + 12, IdentityLength = FileIdentity.EncodedLength + CacheKey.Length;

    private static readonly CacheKey DirectoryKey = CacheKey.Create("directory"u8, "segment", "2");

    private readonly SafeFileHandle _handle;

    private VerdictSegment(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; set; }

    /// <summary>The bytes of the file.</summary>
    public long Length { get; private set; }

    /// <summary>The keys with the places of their entries.</summary>
    public List<(CacheKey Key, long Offset, int Length)> Rows { get; } = [];

    /// <summary>The identities with the digests of their contents.</summary>
    public List<(FileIdentity Identity, byte[] Digest)> Identities { get; } = [];

    /// <summary>Creates a segment to write to.</summary>
    public static VerdictSegment Create(string path, FileStreamOptions options)
    {
        using (var stream = new FileStream(path, options))
            stream.Write("STCV\x02\0\0\0"u8);
        return new VerdictSegment(path, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete)) { Length = HeaderLength };
    }

    /// <summary>Opens a published segment and reads its directory; null when it is damaged, forged or of another version.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static VerdictSegment? TryOpen(string path, VerdictCipher cipher)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var segment = new VerdictSegment(path, handle) { Length = RandomAccess.GetLength(handle) };
        if (segment.ReadDirectory(cipher))
            return segment;
        segment.Dispose();
        return null;
    }

    /// <summary>Appends an entry that is sealed already.</summary>
    /// <returns>Its offset.</returns>
    public long Append(CacheKey key, ReadOnlySpan<byte> entry)
    {
        long offset = Length;
        RandomAccess.Write(_handle, entry, offset);
        Length += entry.Length;
        Rows.Add((key, offset, entry.Length));
        return offset;
    }

    /// <summary>Writes the directory; the file is complete then.</summary>
    public void Complete(VerdictCipher cipher)
    {
        byte[] plain = new byte[8 + (Rows.Count * RowLength) + (Identities.Count * IdentityLength)];
        Span<byte> rest = plain;
        BinaryPrimitives.WriteInt32LittleEndian(rest, Rows.Count);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], Identities.Count);
        rest = rest[8..];
        foreach ((CacheKey key, long offset, int length) in Rows)
        {
            key.Bytes.AsSpan().CopyTo(rest);
            BinaryPrimitives.WriteInt64LittleEndian(rest[CacheKey.Length..], offset);
            BinaryPrimitives.WriteInt32LittleEndian(rest[(CacheKey.Length + 8)..], length);
            rest = rest[RowLength..];
        }

        foreach ((FileIdentity identity, byte[] digest) in Identities)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, identity.Device);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], identity.Inode);
            BinaryPrimitives.WriteInt64LittleEndian(rest[16..], identity.Size);
            BinaryPrimitives.WriteInt64LittleEndian(rest[24..], identity.Modified);
            BinaryPrimitives.WriteInt64LittleEndian(rest[32..], identity.Changed);
            digest.CopyTo(rest[FileIdentity.EncodedLength..]);
            rest = rest[IdentityLength..];
        }

        byte[] entry = cipher.Seal(DirectoryKey, plain);
        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteInt64LittleEndian(trailer, Length);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[8..], entry.Length);
        "STCE"u8.CopyTo(trailer[12..]);
        RandomAccess.Write(_handle, entry, Length);
        RandomAccess.Write(_handle, trailer, Length + entry.Length);
        Length += entry.Length + TrailerLength;
    }

    /// <summary>Reads an entry as it is stored; null when the file ends before it.</summary>
    public byte[]? Read(long offset, int length)
    {
        byte[] entry = new byte[length];
        return ReadWhole(entry, offset) ? entry : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private bool ReadDirectory(VerdictCipher cipher)
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (Length < HeaderLength + TrailerLength || !ReadWhole(trailer, Length - TrailerLength) || !trailer.EndsWith("STCE"u8))
            return false;
        long start = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        int length = BinaryPrimitives.ReadInt32LittleEndian(trailer[8..]);
        if (length is < VerdictCipher.Overhead + 8 or > MaxEntryLength || start < HeaderLength || start != Length - TrailerLength - length)
            return false;
        if (Read(start, length) is not { } entry || cipher.TryOpen(DirectoryKey, entry) is not { } plain)
            return false;
        ReadOnlySpan<byte> rest = plain;
        int rows = BinaryPrimitives.ReadInt32LittleEndian(rest), identities = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        if (rows < 0 || identities < 0 || 8 + ((long)rows * RowLength) + ((long)identities * IdentityLength) != plain.Length)
            return false;
        rest = rest[8..];
        for (int i = 0; i < rows; i++, rest = rest[RowLength..])
        {
            long offset = BinaryPrimitives.ReadInt64LittleEndian(rest[CacheKey.Length..]);
            int size = BinaryPrimitives.ReadInt32LittleEndian(rest[(CacheKey.Length + 8)..]);
            if (offset < HeaderLength || size is < VerdictCipher.Overhead or > MaxEntryLength || size > start - offset)
                return false;
            Rows.Add((CacheKey.FromBytes(rest[..CacheKey.Length]), offset, size));
        }

        for (int i = 0; i < identities; i++, rest = rest[IdentityLength..])
        {
            var identity = new FileIdentity(
                BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]), BinaryPrimitives.ReadInt64LittleEndian(rest[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(rest[24..]), BinaryPrimitives.ReadInt64LittleEndian(rest[32..]));
            Identities.Add((identity, rest.Slice(FileIdentity.EncodedLength, CacheKey.Length).ToArray()));
        }

        return true;
    }

    private bool ReadWhole(Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(_handle, target, offset);
            if (read == 0)
                return false;
            target = target[read..];
            offset += read;
        }

        return true;
    }
}
