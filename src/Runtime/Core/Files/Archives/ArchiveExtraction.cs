using System.Buffers;

namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>One extraction: counts what comes out and writes it below the target.</summary>
internal sealed class ArchiveExtraction(string target, ArchiveLimits limits, Func<long> archiveSize, CancellationToken cancellationToken)
{
    private const int BufferSizeInBytes = 64 * 1024;

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private int _entries;
    private int _files;
    private int _directories;
    private long _written;
    private long _content;

    public ArchiveSummary Summary => new(_files, _directories, _written);

    public void AddDirectory(string entryName)
    {
        string name = CheckName(entryName);
        _directories++;
        // A directory may be named more than once; a file in its place is refused when it is created.
        _names.Add(name + "/");
        SafePath.CreateDirectory(target, name);
    }

    /// <param name="entryName">Name in the archive.</param>
    /// <param name="content">Content of the entry.</param>
    /// <param name="expectedCrc32">Checksum of an entry whose bytes are counted here; null if they were counted below, in the stream of the archive.</param>
    public void AddFile(string entryName, Stream content, uint? expectedCrc32)
    {
        string name = CheckName(entryName);
        if (!_names.Add(name))
            throw new ArchiveException(ArchiveProblem.DuplicateName, $"'{name}' is there twice.");
        int slash = name.LastIndexOf('/');
        try
        {
            if (slash > 0)
                SafePath.CreateDirectory(target, name[..slash]);
            using FileStream file = SafePath.CreateNew(target, name);
            Copy(name, content, file, expectedCrc32);
        }
        catch (IOException error) when (error is PathValidationException { Error: PathValidationError.NotRegularFile } || error.HResult == 17)
        {
            throw new ArchiveException(ArchiveProblem.DuplicateName, $"'{name}' is a file and a directory.", error);
        }

        _files++;
    }

    /// <summary>Counts bytes that come out of decompression, before anything is done with them.</summary>
    public void CountContent(int count)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _content += count;
        if (_content > limits.MaxTotalSizeInBytes)
            throw new ArchiveException(ArchiveProblem.TotalTooLarge, Error.Invariant($"the content is larger than the limit of {limits.MaxTotalSizeInBytes} bytes."));
        if (_content > limits.RatioFloorInBytes && _content / limits.MaxCompressionRatio > archiveSize())
            throw new ArchiveException(ArchiveProblem.RatioTooHigh, Error.Invariant($"the content is more than {limits.MaxCompressionRatio} times as large as the archive."));
    }

    private void Copy(string name, Stream content, FileStream file, uint? expectedCrc32)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSizeInBytes);
        try
        {
            long size = 0;
            uint crc = Crc32.Initial;
            int count;
            while ((count = content.Read(buffer, 0, BufferSizeInBytes)) > 0)
            {
                size += count;
                if (size > limits.MaxEntrySizeInBytes)
                    throw new ArchiveException(ArchiveProblem.EntryTooLarge, Error.Invariant($"'{name}' is larger than the limit of {limits.MaxEntrySizeInBytes} bytes."));
                if (expectedCrc32 is not null)
                {
                    CountContent(count);
                    crc = Crc32.Append(crc, buffer.AsSpan(0, count));
                }

                file.Write(buffer, 0, count);
                _written += count;
            }

            // The platform's reader stops at the size that the header claims and does not look at the checksum.
            if (expectedCrc32 is { } expected && Crc32.Finish(crc) != expected)
                throw new ArchiveException(ArchiveProblem.Malformed, $"the content of '{name}' does not match its checksum.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string CheckName(string entryName)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_entries > limits.MaxEntries)
            throw new ArchiveException(ArchiveProblem.TooManyEntries, Error.Invariant($"there are more than {limits.MaxEntries} entries."));
        // "./a" is how tar names what was packed from the current directory.
        string name = entryName.StartsWith("./", StringComparison.Ordinal) && entryName.Length > 2 ? entryName[2..] : entryName;
        name = name.EndsWith('/') ? name[..^1] : name;
        PathValidationError error = SafePath.Validate(name);
        if (error != PathValidationError.None)
            throw new ArchiveException(ArchiveProblem.UnsafeName, $"the name '{Output.OutputEncoder.ForLog(entryName, 256)}' is refused: {error}.");
        if (name.AsSpan().Count('/') > limits.MaxDepth)
            throw new ArchiveException(ArchiveProblem.TooDeep, Error.Invariant($"'{name}' lies in more than {limits.MaxDepth} directories."));
        return name;
    }
}
