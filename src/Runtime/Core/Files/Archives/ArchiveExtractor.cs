using System.Formats.Tar;
using System.IO.Compression;

namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>
/// Extracts archives from outside: names stay below the target, nothing is overwritten, no links and devices, and every limit is counted
/// while the bytes come out. An archive that breaks a rule leaves nothing behind. Thread safe.
/// </summary>
/// <remarks>New files get mode 0600 and new directories 0700; owners, modes and times of the archive are not applied.</remarks>
public static class ArchiveExtractor
{
    private static readonly ArchiveLimits s_defaults = new();

    /// <summary>Extracts a ZIP archive into a new directory.</summary>
    /// <param name="archive">The archive; must be seekable.</param>
    /// <param name="targetDirectory">A directory that does not exist; its parent does.</param>
    /// <param name="limits">Limits; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays behind.</param>
    /// <exception cref="ArchiveException">The archive breaks a rule or a limit.</exception>
    /// <exception cref="IOException">The target exists, or writing failed.</exception>
    public static ArchiveSummary ExtractZip(Stream archive, string targetDirectory, ArchiveLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        if (!archive.CanSeek)
            throw Error.Invalid(nameof(archive), "A ZIP archive must be seekable: its directory is at the end.");
        return Extract(targetDirectory, limits, () => archive.Length, extraction =>
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in zip.Entries)
                ExtractZipEntry(entry, extraction);
        }, cancellationToken);
    }

    /// <summary>Extracts a tar archive, compressed with gzip or not, into a new directory.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="targetDirectory">A directory that does not exist; its parent does.</param>
    /// <param name="isGzip">Whether the archive is compressed with gzip.</param>
    /// <param name="limits">Limits; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays behind.</param>
    /// <exception cref="ArchiveException">The archive breaks a rule or a limit.</exception>
    /// <exception cref="IOException">The target exists, or writing failed.</exception>
    public static ArchiveSummary ExtractTar(
        Stream archive, string targetDirectory, bool isGzip, ArchiveLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        using var counted = new CountingStream(archive);
        return Extract(targetDirectory, limits, () => counted.BytesRead, extraction =>
        {
            using GZipStream? inflated = isGzip ? new GZipStream(counted, CompressionMode.Decompress, leaveOpen: true) : null;
            // What lies between entries counts as content too: a gzip of zeros is a tar of padding.
            using var bounded = new BoundedContentStream(inflated ?? (Stream)counted, extraction);
            using var tar = new TarReader(bounded, leaveOpen: true);
            while (tar.GetNextEntry(copyData: false) is { } entry)
                ExtractTarEntry(entry, extraction);
        }, cancellationToken);
    }

    private static ArchiveSummary Extract(
        string targetDirectory, ArchiveLimits? limits, Func<long> archiveSize, Action<ArchiveExtraction> extract, CancellationToken cancellationToken)
    {
        limits ??= s_defaults;
        limits.Validate();
        ArgumentException.ThrowIfNullOrEmpty(targetDirectory);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(targetDirectory));
        CreateNewDirectory(target);
        try
        {
            var extraction = new ArchiveExtraction(target, limits, archiveSize, cancellationToken);
            extract(extraction);
            return extraction.Summary;
        }
        catch (Exception error)
        {
            Directory.Delete(target, recursive: true);
            if (error is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException or ArgumentException or OverflowException)
                throw new ArchiveException(ArchiveProblem.Malformed, "it is damaged, encrypted, or of another format.", error);
            throw;
        }
    }

    // A directory that somebody else made, perhaps a moment ago, must not be extracted into. CreateDirectory accepts an existing one, so a
    // fresh directory takes the name by a move, which refuses a name that is taken.
    private static void CreateNewDirectory(string target)
    {
        string fresh = Path.Combine(Path.GetDirectoryName(target) ?? target, Path.GetRandomFileName());
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(fresh);
        else
            Directory.CreateDirectory(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            Directory.Move(fresh, target);
        }
        catch (IOException refused)
        {
            Directory.Delete(fresh);
            throw new IOException($"The target '{target}' exists already.", refused);
        }
    }

    private static void ExtractZipEntry(ZipArchiveEntry entry, ArchiveExtraction extraction)
    {
        // The high half of the attributes is the Unix mode, if the archive was made on Unix.
        int type = (entry.ExternalAttributes >> 16) & 0xF000;
        if (type is not (0 or 0x8000 or 0x4000))
            throw new ArchiveException(ArchiveProblem.SpecialFile, $"'{Output.OutputEncoder.ForLog(entry.FullName, 256)}' is no file and no directory.");
        if (entry.IsEncrypted)
            throw new ArchiveException(ArchiveProblem.Malformed, $"'{Output.OutputEncoder.ForLog(entry.FullName, 256)}' is encrypted.");
        if (entry.FullName.EndsWith('/'))
        {
            extraction.AddDirectory(entry.FullName);
            return;
        }

        using Stream content = entry.Open();
        extraction.AddFile(entry.FullName, content, expectedCrc32: entry.Crc32);
    }

    private static void ExtractTarEntry(TarEntry entry, ArchiveExtraction extraction)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                extraction.AddDirectory(entry.Name);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                extraction.AddFile(entry.Name, entry.DataStream ?? Stream.Null, expectedCrc32: null);
                break;
            case TarEntryType.GlobalExtendedAttributes:
                break;
            default:
                throw new ArchiveException(ArchiveProblem.SpecialFile, $"'{Output.OutputEncoder.ForLog(entry.Name, 256)}' is a {entry.EntryType}.");
        }
    }
}
