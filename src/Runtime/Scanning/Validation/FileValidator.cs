using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using SecurityToolchain.Runtime.Files;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Validation;

/// <summary>
/// Decides whether a file from outside is accepted: by its name, its size and, above all, its content. The content is read once, from one
/// open handle, and the caller goes on with that handle or with those bytes, so nothing can change between the check and the use. Thread safe.
/// </summary>
/// <remarks>
/// References: CWE-434 (unrestricted upload), CWE-646 (reliance on a name), OWASP File Upload Cheat Sheet.
/// It belongs to the scanning library, whose file types it uses; paths are opened by <see cref="SafePath"/> of the runtime library.
/// </remarks>
public sealed class FileValidator
{
    private const int MaxNameLength = 255;
    private const int BlockSizeInBytes = 64 << 10;

    private readonly FileValidatorOptions _options;
    private readonly ImmutableHashSet<string> _mediaTypes;
    private readonly ImmutableHashSet<string> _extensions;
    private readonly ScanEngine _types = new(new ScanOptions { Analyzers = [new FileTypeAnalyzer()], Threads = 1 });
    private readonly ScanEngine? _everything;

    /// <summary>Creates a validator.</summary>
    /// <param name="options">What is accepted; the defaults if <see langword="null"/>. Copied.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public FileValidator(FileValidatorOptions? options = null)
    {
        options ??= new FileValidatorOptions();
        options.Validate();
        _options = new FileValidatorOptions
        {
            MaxSizeInBytes = options.MaxSizeInBytes,
            RequireMatchingExtension = options.RequireMatchingExtension,
            ScanContent = options.ScanContent,
        };
        _mediaTypes = options.AllowedMediaTypes.ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        _extensions = options.ForbiddenExtensions.ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        _everything = options.ScanContent ? new ScanEngine(new ScanOptions { Threads = 1 }) : null;
    }

    /// <summary>Reads a stream to its end, at most to the limit, and judges it: an upload, for example.</summary>
    /// <param name="content">The content; read from where it is. A seekable stream is put back there, so that the caller can use what was judged.</param>
    /// <param name="fileName">The name that the sender gave, without a path.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async Task<FileValidation> ValidateAsync(Stream content, string fileName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(fileName);
        long start = content.CanSeek ? content.Position : 0;
        byte[]? bytes = await ReadAsync(content, cancellationToken).ConfigureAwait(false);
        if (content.CanSeek)
            content.Position = start;
        return Judge(bytes, fileName, cancellationToken);
    }

    /// <summary>Opens a file below a root and judges it.</summary>
    /// <param name="root">An existing directory, not from outside.</param>
    /// <param name="relativePath">The name from outside; see <see cref="SafePath.OpenRead"/>. No link, pipe or device is opened.</param>
    /// <param name="file">The open file at its start if it is accepted, for the caller to use and dispose of; otherwise <see langword="null"/>.</param>
    /// <param name="validation">The answer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether the file is accepted.</returns>
    /// <exception cref="IOException">The file cannot be read for a reason other than its path.</exception>
    public bool TryOpen(
        string root, string relativePath, [NotNullWhen(true)] out FileStream? file, out FileValidation validation, CancellationToken cancellationToken = default)
    {
        file = null;
        FileStream opened;
        try
        {
            opened = SafePath.OpenRead(root, relativePath);
        }
        catch (PathValidationException refused)
        {
            validation = new FileValidation(null, [new FileValidationProblem(FileValidationError.UnsafePath, refused.Message)]);
            return false;
        }

        try
        {
            validation = Judge(Read(opened, cancellationToken), relativePath[(relativePath.LastIndexOf('/') + 1)..], cancellationToken);
            if (!validation.IsValid)
                return false;
            opened.Position = 0;
            file = opened;
            return true;
        }
        finally
        {
            if (file is null)
                opened.Dispose();
        }
    }

    /// <summary>Judges bytes.</summary>
    /// <param name="content">The whole content.</param>
    /// <param name="fileName">The name that the sender gave, without a path.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public FileValidation Validate(ReadOnlyMemory<byte> content, string fileName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return content.Length > _options.MaxSizeInBytes ? TooLarge(content.Length, fileName) : Judge(content, fileName, cancellationToken);
    }

    private FileValidation Judge(byte[]? bytes, string fileName, CancellationToken cancellationToken) =>
        bytes is null ? TooLarge(_options.MaxSizeInBytes + 1, fileName) : Judge(bytes.AsMemory(), fileName, cancellationToken);

    private FileValidation Judge(ReadOnlyMemory<byte> content, string fileName, CancellationToken cancellationToken)
    {
        var problems = new List<FileValidationProblem>();
        CheckName(fileName, problems);
        if (content.IsEmpty)
        {
            problems.Add(new FileValidationProblem(FileValidationError.Empty, "The file is empty."));
            return new FileValidation(null, problems);
        }

        // The engine judges the content by a name too; one that is refused anyway is not shown to it.
        string judged = problems.Exists(static problem => problem.Error == FileValidationError.UnsafeName) ? "upload" : fileName;
        FileScanResult types = _types.ScanBytes(judged, content, cancellationToken);
        // Without a list everything is accepted but programs: those somebody has to want.
        if (_mediaTypes.Count > 0 ? !_mediaTypes.Contains(types.Format.MediaType) : types.Format.Category == FileCategory.Executable)
            problems.Add(new FileValidationProblem(FileValidationError.InvalidMediaType, $"The content is {types.Format.Description} ({types.Format.MediaType}), which is not among the allowed media types."));
        AddFindings(types, problems);
        // The engine leaves extensions alone that many programs use for formats of their own, such as .txt; a program under one is refused.
        if (_options.RequireMatchingExtension && types.Format.Category == FileCategory.Executable && FileTypeDetector.IsCertain(types.Format)
            && !types.Format.Extensions.Contains(Path.GetExtension(judged).ToLowerInvariant()) && !problems.Exists(static problem => problem.Error == FileValidationError.ExtensionMismatch))
        {
            problems.Add(new FileValidationProblem(FileValidationError.ExtensionMismatch, $"The content is {types.Format.Description}, which the name does not say."));
        }

        if (_everything is not null)
            AddSuspicions(_everything.ScanBytes(judged, content, cancellationToken), problems);
        var metadata = new FileMetadata(fileName, content.Length, types.Format.MediaType, types.Format.Id, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
        return new FileValidation(metadata, problems);
    }

    private void CheckName(string fileName, List<FileValidationProblem> problems)
    {
        string shown = PrintableText.Escape(fileName, MaxNameLength);
        if (fileName.Length > MaxNameLength || fileName.Contains('/', StringComparison.Ordinal) || SafePath.Validate(fileName) is not PathValidationError.None)
            problems.Add(new FileValidationProblem(FileValidationError.UnsafeName, $"'{shown}' is no plain file name of at most {MaxNameLength} characters."));
        // All of them, and those of a stream behind a colon: which one counts is up to the program that opens the file.
        foreach (string part in fileName.Split('.', ':').Skip(1))
        {
            string extension = "." + part.Trim(' ', '\u00a0');
            if (_extensions.Contains(extension))
            {
                problems.Add(new FileValidationProblem(FileValidationError.ForbiddenExtension, $"The name '{shown}' has the forbidden extension '{PrintableText.Escape(extension, 32)}'."));
                break;
            }
        }
    }

    private void AddFindings(FileScanResult result, List<FileValidationProblem> problems)
    {
        foreach (Finding finding in result.Findings)
        {
            FileValidationError? error = finding.Rule.Id switch
            {
                _ when finding.Rule == ScanRules.DeceptiveName => FileValidationError.UnsafeName,
                _ when finding.Rule == ScanRules.ExtensionMismatch => _options.RequireMatchingExtension ? FileValidationError.ExtensionMismatch : null,
                _ when finding.Rule == ScanRules.Polyglot => FileValidationError.Polyglot,
                _ when finding.Rule == ScanRules.EmbeddedExecutable => finding.Severity > FindingSeverity.Note ? FileValidationError.Polyglot : null,
                _ => null,
            };
            if (error is { } kind)
                problems.Add(new FileValidationProblem(kind, finding.Message));
        }

        foreach (ScanIssue issue in result.Issues)
            problems.Add(new FileValidationProblem(FileValidationError.NotExamined, issue.Message));
    }

    private static void AddSuspicions(FileScanResult result, List<FileValidationProblem> problems)
    {
        foreach (Finding finding in result.Findings.Where(static finding => finding.Severity > FindingSeverity.Note))
            problems.Add(new FileValidationProblem(FileValidationError.SuspiciousContent, $"{finding.RuleId}: {finding.Message}"));
        if (result.Verdict != ScanVerdict.Clean && problems.Count == 0)
            problems.Add(new FileValidationProblem(FileValidationError.NotExamined, $"The scan's verdict is {result.Verdict}."));
    }

    private FileValidation TooLarge(long size, string fileName)
    {
        var problems = new List<FileValidationProblem>();
        CheckName(fileName, problems);
        problems.Add(new FileValidationProblem(
            FileValidationError.FileTooLarge, string.Create(CultureInfo.InvariantCulture, $"The file has at least {size} bytes, more than the limit of {_options.MaxSizeInBytes}."))
        {
            SizeInBytes = size,
            LimitInBytes = _options.MaxSizeInBytes,
        });
        return new FileValidation(null, problems);
    }

    /// <summary>Returns null as soon as there is one byte more than the limit.</summary>
    private async Task<byte[]?> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        byte[] block = new byte[BlockSizeInBytes];
        int count;
        while ((count = await content.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (kept.Length + count > _options.MaxSizeInBytes)
                return null;
            await kept.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }

        return kept.ToArray();
    }

    private byte[]? Read(FileStream content, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        byte[] block = new byte[BlockSizeInBytes];
        int count;
        while ((count = content.Read(block)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (kept.Length + count > _options.MaxSizeInBytes)
                return null;
            kept.Write(block, 0, count);
        }

        return kept.ToArray();
    }
}
