using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>
/// The hash of a package as it was before it was signed: the value of <c>contentHash</c> in packages.lock.json (SHA-512) and the value
/// that a package signature covers.
/// </summary>
/// <remarks>
/// The archive without the signature is: all bytes except the local entry of <c>.signature.p7s</c> and its central header, with the
/// offsets of later entries, the entry counts, the size and the offset of the directory put back to what they were. An unsigned package
/// is hashed as it is. Deviation: an archive whose directory breaks the format is refused, where NuGet would report it later.
/// </remarks>
public static class PackageContentHash
{
    /// <summary>The name of the signature entry. It is stored, never compressed, and sits in the root.</summary>
    public const string SignatureEntryName = ".signature.p7s";

    private const int OffsetFieldPosition = 42;
    private const int BlockSize = 128 * 1024;

    /// <summary>Computes the content hash as lock files write it.</summary>
    /// <param name="archive">The package; a seekable stream.</param>
    /// <returns>Base64 of SHA-512.</returns>
    /// <exception cref="PackageFormatException">The stream is not a package archive.</exception>
    public static string Compute(Stream archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return Convert.ToBase64String(Compute(archive, HashAlgorithmName.SHA512));
    }

    /// <summary>Computes the hash with any algorithm; signatures use SHA-256, SHA-384 or SHA-512.</summary>
    /// <param name="archive">The package; a seekable stream.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="PackageFormatException">The stream is not a package archive.</exception>
    public static byte[] Compute(Stream archive, HashAlgorithmName algorithm)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return Compute(archive, ZipDirectory.Read(archive), algorithm);
    }

    internal static byte[] Compute(Stream archive, ZipDirectory directory, HashAlgorithmName algorithm) => Compute(archive, directory, [algorithm])[0];

    /// <summary>Computes several hashes while the archive is read once.</summary>
    /// <returns>The digests in the order of the algorithms.</returns>
    internal static byte[][] Compute(Stream archive, ZipDirectory directory, ReadOnlySpan<HashAlgorithmName> algorithms)
    {
        var hashes = new IncrementalHash[algorithms.Length];
        for (int i = 0; i < hashes.Length; i++)
            hashes[i] = IncrementalHash.CreateHash(algorithms[i]);
        try
        {
            Append(hashes, archive, directory);
            return Array.ConvertAll(hashes, static hash => hash.GetHashAndReset());
        }
        finally
        {
            Array.ForEach(hashes, static hash => hash.Dispose());
        }
    }

    private static void Append(IncrementalHash[] hashes, Stream archive, ZipDirectory directory)
    {
        int signatureIndex = SignatureIndex(directory);
        if (signatureIndex < 0)
        {
            AppendRange(hashes, archive, 0, archive.Length);
            return;
        }

        ZipDirectoryEntry signature = directory.Entries[signatureIndex];
        long signatureEnd = directory.EndOfLocalEntry(signature);
        long removed = signatureEnd - signature.LocalOffset;
        AppendRange(hashes, archive, 0, signature.LocalOffset);
        AppendRange(hashes, archive, signatureEnd, directory.Offset);
        foreach (IncrementalHash hash in hashes)
        {
            AppendDirectory(hash, directory, signatureIndex, removed);
            AppendEnd(hash, directory, signature, removed);
        }
    }

    /// <summary>The index of the signature's entry, or -1. Two of them are a broken package.</summary>
    internal static int SignatureIndex(ZipDirectory directory)
    {
        int found = -1;
        for (int i = 0; i < directory.Entries.Length; i++)
        {
            if (!string.Equals(directory.Entries[i].Name, SignatureEntryName, StringComparison.Ordinal))
                continue;
            if (found >= 0)
                throw new PackageFormatException($"the archive has more than one entry '{SignatureEntryName}'");
            found = i;
        }

        return found;
    }

    private static void AppendDirectory(IncrementalHash hash, ZipDirectory directory, int signatureIndex, long removed)
    {
        Span<byte> offset = stackalloc byte[sizeof(uint)];
        long signatureOffset = directory.Entries[signatureIndex].LocalOffset;
        for (int i = 0; i < directory.Entries.Length; i++)
        {
            if (i == signatureIndex)
                continue;
            ZipDirectoryEntry entry = directory.Entries[i];
            ReadOnlySpan<byte> header = directory.Bytes.AsSpan(entry.HeaderPosition, entry.HeaderLength);
            if (entry.LocalOffset < signatureOffset)
            {
                hash.AppendData(header);
                continue;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(offset, (uint)(entry.LocalOffset - removed));
            hash.AppendData(header[..OffsetFieldPosition]);
            hash.AppendData(offset);
            hash.AppendData(header[(OffsetFieldPosition + sizeof(uint))..]);
        }
    }

    private static void AppendEnd(IncrementalHash hash, ZipDirectory directory, ZipDirectoryEntry signature, long removed)
    {
        byte[] end = (byte[])directory.End.Clone();
        ushort count = (ushort)(directory.Entries.Length - 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)(directory.Bytes.Length - signature.HeaderLength));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)(directory.Offset - removed));
        hash.AppendData(end);
    }

    private static void AppendRange(IncrementalHash[] hashes, Stream archive, long from, long to)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            archive.Position = from;
            while (from < to)
            {
                int read = archive.Read(block, 0, (int)Math.Min(BlockSize, to - from));
                if (read == 0)
                    throw new PackageFormatException($"the archive ends at {from}, before its directory says");
                foreach (IncrementalHash hash in hashes)
                    hash.AppendData(block, 0, read);
                from += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
