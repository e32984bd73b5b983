using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>Compares an extracted package with its archive: the files that are used byte for byte, and the list of files in full.</summary>
internal static class ExtractedFolder
{
    private const int BlockSize = 64 * 1024;

    /// <summary>Compares and records.</summary>
    /// <param name="use">The package and what is used of it.</param>
    /// <param name="archive">The archive; its own content has been verified by the caller.</param>
    /// <param name="differences">Receives what differs.</param>
    /// <returns>Files and folders with the stamps they had before the comparison.</returns>
    /// <exception cref="PackageFormatException">The archive names a file twice.</exception>
    public static ImmutableArray<FileRecord> Compare(PackageUse use, Stream archive, ICollection<ContentDifference> differences)
    {
        FolderSnapshot snapshot = FolderSnapshot.Take(use.Folder);
        foreach (string link in snapshot.Links)
            differences.Add(new ContentDifference(ContentDifferenceKind.Link, link));

        var records = ImmutableArray.CreateBuilder<FileRecord>();
        foreach ((string path, FileStamp stamp) in snapshot.Folders)
            records.Add(new FileRecord(path, stamp, ""));

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                string? path = PackageLayout.ExtractedPath(entry.FullName, use.Package);
                if (path is null)
                    continue;
                if (!seen.Add(path))
                    throw new PackageFormatException($"the archive has the file '{path}' twice");
                CompareEntry(use, entry, path, snapshot, records, differences);
            }
        }

        foreach ((string path, FileStamp stamp) in snapshot.Files)
        {
            if (PackageLayout.IsNuGetOwn(path, use.Package))
                records.Add(new FileRecord(path, stamp, ""));
            else if (!seen.Contains(path))
                differences.Add(new ContentDifference(ContentDifferenceKind.Added, path));
        }

        return records.ToImmutable();
    }

    private static void CompareEntry(
        PackageUse use, ZipArchiveEntry entry, string path, FolderSnapshot snapshot, ImmutableArray<FileRecord>.Builder records, ICollection<ContentDifference> differences)
    {
        if (!use.Covers(path))
            return;
        if (!snapshot.Files.TryGetValue(path, out FileStamp stamp))
        {
            if (!snapshot.Links.Contains(path))
                differences.Add(new ContentDifference(ContentDifferenceKind.Missing, path));
            return;
        }

        bool needsDigest = !stamp.IsConclusive || PackageLayout.IsBuildLogic(path);
        if (stamp.Size != entry.Length || !EqualContent(Path.Combine(use.Folder, path), entry, needsDigest, out string digest))
            differences.Add(new ContentDifference(ContentDifferenceKind.Changed, path));
        else
            records.Add(new FileRecord(path, stamp, digest));
    }

    private static bool EqualContent(string file, ZipArchiveEntry entry, bool needsDigest, out string digest)
    {
        digest = "";
        byte[] left = ArrayPool<byte>.Shared.Rent(BlockSize);
        byte[] right = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            using var hash = needsDigest ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
            using Stream expected = entry.Open();
            using var actual = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            while (true)
            {
                int wanted = expected.ReadAtLeast(left.AsSpan(0, BlockSize), BlockSize, throwOnEndOfStream: false);
                int found = actual.ReadAtLeast(right.AsSpan(0, BlockSize), BlockSize, throwOnEndOfStream: false);
                if (wanted != found || !left.AsSpan(0, wanted).SequenceEqual(right.AsSpan(0, found)))
                    return false;
                if (wanted == 0)
                    break;
                hash?.AppendData(right, 0, found);
            }

            digest = hash is null ? "" : Convert.ToHexString(hash.GetHashAndReset());
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(left);
            ArrayPool<byte>.Shared.Return(right);
        }
    }
}
