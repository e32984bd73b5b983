using System.Buffers;
using System.Globalization;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>Compares content with name, and looks for a second format and for programs inside files that are none.</summary>
public sealed class FileTypeAnalyzer : IContentAnalyzer
{
    private const int MaxEmbedded = 16;
    private const int MinEncodedHeader = 86;

    private static readonly SearchValues<byte> EncodedBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=, \r\n"u8);

    /// <inheritdoc/>
    public string Name => "file-type";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => false;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Content.Length > 0;
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        CheckName(context);
        CheckExtension(context);
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        FileCategory category = context.Format.Category;
        context.Spend(bytes.Length / 16);
        if (category is FileCategory.Image or FileCategory.Audio or FileCategory.Video or FileCategory.Document or FileCategory.Font)
            CheckPolyglot(context, bytes);
        if (category is FileCategory.Text or FileCategory.Script)
            CheckEncodedExecutables(context, bytes);
        else if (category is not (FileCategory.Executable or FileCategory.Archive or FileCategory.DiskImage or FileCategory.Cryptographic))
            CheckEmbeddedExecutables(context, bytes, category);
    }

    private static void CheckName(AnalysisContext context)
    {
        string name = context.FileName;
        foreach (char c in name)
        {
            // The engine escapes names of archive members, so both forms have to be known.
            if (c is '\u202a' or '\u202b' or '\u202c' or '\u202d' or '\u202e' or '\u2066' or '\u2067' or '\u2068' or '\u2069' or '\u200e' or '\u200f')
            {
                context.Report(ScanRules.DeceptiveName, "The file name has characters that change the direction of text.", context.At(), PrintableText.Escape(name, 256));
                return;
            }
        }

        if (name.Contains("\\u202e", StringComparison.Ordinal) || name.Contains("\\u202d", StringComparison.Ordinal))
        {
            context.Report(ScanRules.DeceptiveName, "The file name has characters that change the direction of text.", context.At(), name);
            return;
        }

        string trimmed = name.TrimEnd(' ', '.', '\u00a0');
        string last = Path.GetExtension(trimmed);
        string before = Path.GetExtension(Path.GetFileNameWithoutExtension(trimmed).TrimEnd());
        bool runs = ExtensionTable.Runnable.Contains(last) && last is not (".ps1" or ".url" or ".reg");
        if (runs && ExtensionTable.Harmless.Contains(before))
            context.Report(ScanRules.DeceptiveName, $"The name ends like a '{before}' file, and the file runs as '{last}'.", context.At(), PrintableText.Escape(name, 256));
        else if (runs && trimmed.Contains("     ", StringComparison.Ordinal))
            context.Report(ScanRules.DeceptiveName, "Blanks push the extension that runs out of sight.", context.At(), PrintableText.Escape(name, 256));
        else if (ExtensionTable.Runnable.Contains(last) && trimmed.Length != name.Length)
            context.Report(ScanRules.DeceptiveName, "The name ends with blanks or dots, which Windows drops before it looks at the extension.", context.At(), PrintableText.Escape(name, 256));
        else if (name.Split(':') is [{ Length: > 1 }, { Length: > 0 } stream] && Path.HasExtension(stream))
            context.Report(ScanRules.DeceptiveName, "The name has ':' and would be written to an alternate stream of another file on Windows.", context.At(), PrintableText.Escape(name, 256));
    }

    private static void CheckExtension(AnalysisContext context)
    {
        string extension = Path.GetExtension(context.FileName).ToLowerInvariant();
        FileFormat format = context.Format;
        if (extension.Length < 2 || format.Extensions.Contains(extension) || format.Category is FileCategory.Empty or FileCategory.Unknown)
            return;
        bool text = format.Category is FileCategory.Text or FileCategory.Script || format.Id is "svg" or "pem";
        if (text)
        {
            if (!ExtensionTable.NeverText.Contains(extension) || context.Content.Length < 8)
                return;
            // Git LFS puts a small text where the real file will be.
            if (context.Content.Bytes.StartsWith("version https://git-lfs"u8))
                return;
        }
        else if (!ExtensionTable.PromisesFormat(extension) || !FileTypeDetector.IsCertain(format))
        {
            return;
        }

        bool runs = format.Category is FileCategory.Executable or FileCategory.Script;
        bool promisedHarmless = ExtensionTable.Harmless.Contains(extension) || ExtensionTable.IsText(extension);
        FindingSeverity severity = runs && promisedHarmless ? FindingSeverity.Error
            : format.Category == FileCategory.Image && !text && IsImage(extension) ? FindingSeverity.Note
            : FindingSeverity.Warning;
        context.Report(new Finding(ScanRules.ExtensionMismatch, $"The content is '{format.Description}', the extension is '{PrintableText.Escape(extension, 32)}'.", context.At(0))
        {
            Severity = severity,
            Identity = format.Id,
        });
    }

    private static bool IsImage(string extension) =>
        FileFormats.All.Any(format => format.Category == FileCategory.Image && format.Extensions.Contains(extension));

    private static void CheckPolyglot(AnalysisContext context, ReadOnlySpan<byte> bytes)
    {
        bool zipBased = bytes.StartsWith("PK"u8);
        if (!zipBased && context.Content.IsWhole && FindZipEnd(bytes) is var end and >= 0)
        {
            Report(context, "a zip archive", end);
            return;
        }

        if (context.Format.Id is not ("pdf" or "postscript") && !zipBased && bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) is var pdf and > 0)
            Report(context, "a PDF document", pdf);
        if (context.Format.Category is FileCategory.Image && context.Format.Id != "svg")
        {
            if (bytes.IndexOf("<script"u8) is var script and >= 0)
                Report(context, "an HTML page with a script", script);
            else if (bytes.IndexOf("<?php"u8) is var php and >= 0)
                Report(context, "a PHP script", php);
            if (bytes.IndexOf("__HALT_COMPILER();"u8) is var phar and >= 0)
                Report(context, "a PHP archive", phar);
            if (bytes.IndexOf("Rar!\x1a\x07"u8) is var rar and > 0)
                Report(context, "a RAR archive", rar);
            if (bytes.IndexOf((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) is var sevenZip and > 0)
                Report(context, "a 7-Zip archive", sevenZip);
        }
    }

    private static void Report(AnalysisContext context, string what, long offset) =>
        context.Report(ScanRules.Polyglot, $"The file is '{context.Format.Description}' and also {what}.", context.At(offset));

    // Only an end record whose directory is where it says is an archive that a program opens.
    private static int FindZipEnd(ReadOnlySpan<byte> bytes)
    {
        int tail = Math.Min(bytes.Length, 65_557);
        int found = bytes[^tail..].LastIndexOf("PK\x05\x06"u8);
        if (found < 0)
            return -1;
        int at = bytes.Length - tail + found;
        var reader = new SpanReader(bytes);
        uint size = reader.UInt32(at + 12), offset = reader.UInt32(at + 16);
        bool stated = reader.TrySlice(offset, 4, out ReadOnlySpan<byte> signature) && signature.SequenceEqual("PK\x01\x02"u8);
        bool shifted = reader.TrySlice(at - (long)size, 4, out signature) && signature.SequenceEqual("PK\x01\x02"u8);
        return stated || shifted ? at : -1;
    }

    private static void CheckEmbeddedExecutables(AnalysisContext context, ReadOnlySpan<byte> bytes, FileCategory category)
    {
        var reader = new SpanReader(bytes);
        FindingSeverity severity = category is FileCategory.Data or FileCategory.Unknown ? FindingSeverity.Note : FindingSeverity.Warning;
        int found = 0;
        int at = 1;
        while (at < bytes.Length && found < MaxEmbedded)
        {
            int step = bytes[at..].IndexOf("MZ"u8);
            if (step < 0)
                break;
            at += step;
            if (ExecutableHeaders.IsPortableExecutable(reader, at))
            {
                Report(context, severity, "a PE executable", at);
                found++;
            }

            at += 2;
        }

        at = 1;
        while (at < bytes.Length && found < MaxEmbedded)
        {
            int step = bytes[at..].IndexOf("\x7f"u8[..1]);
            if (step < 0)
                break;
            at += step;
            if (ExecutableHeaders.IsElf(reader, at))
            {
                Report(context, severity, "an ELF executable", at);
                found++;
            }

            at++;
        }
    }

    private static void CheckEncodedExecutables(AnalysisContext context, ReadOnlySpan<byte> bytes)
    {
        // The DOS headers that linkers write, in the encodings that droppers use.
        if (IndexOfAny(bytes, "TVqQAAMAAAAEAAAA"u8, "TVpQAAIAAAAEAA8A"u8, "TVqAAAEAAAAEABAA"u8) is var base64 and >= 0)
            context.Report(ScanRules.EmbeddedExecutable, "The text holds a PE executable in base64.", context.At(base64));
        if (IndexOfAny(bytes, "4d5a90000300000004000000"u8, "4D5A90000300000004000000"u8, "0x4d,0x5a,0x90,0x00,0x03"u8) is var hex and >= 0)
            context.Report(ScanRules.EmbeddedExecutable, "The text holds a PE executable in hexadecimal.", context.At(hex));
        if (IndexOfAny(bytes, "f0VMRgIBAQAAAAAAAAAAA"u8, "f0VMRgEBAQAAAAAAAAAAA"u8, "7f454c4602010100000000"u8) is var elf and >= 0)
            context.Report(ScanRules.EmbeddedExecutable, "The text holds an encoded ELF executable.", context.At(elf));
    }

    // A text that only names the first bytes, as the sources of scanners do, is no program: a header alone has 64 bytes.
    private static int IndexOfAny(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        int found = IndexOfFirst(bytes, a, b, c);
        if (found < 0)
            return -1;
        int run = bytes[found..].IndexOfAnyExcept(EncodedBytes);
        return run < 0 ? (bytes.Length - found >= MinEncodedHeader ? found : -1) : run >= MinEncodedHeader ? found : -1;
    }

    private static int IndexOfFirst(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        int at = bytes.IndexOf(a);
        if (at < 0)
            at = bytes.IndexOf(b);
        return at < 0 ? bytes.IndexOf(c) : at;
    }

    private static void Report(AnalysisContext context, FindingSeverity severity, string what, int offset) => context.Report(
        new Finding(ScanRules.EmbeddedExecutable, string.Create(CultureInfo.InvariantCulture, $"The file is '{context.Format.Description}' and holds {what} at offset {offset}."), context.At(offset))
        {
            Severity = severity,
        });
}
