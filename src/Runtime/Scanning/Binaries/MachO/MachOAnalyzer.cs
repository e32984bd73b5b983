using System.Globalization;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Binaries.MachO;

/// <summary>Facts and hardening checks of Mach-O files and universal binaries. The load commands are walked with a bound; nothing throws.</summary>
/// <remarks>Reference: Apple, "OS X ABI Mach-O File Format Reference"; loader.h of XNU.</remarks>
public sealed class MachOAnalyzer : IContentAnalyzer
{
    private const uint AllowStackExecution = 0x20000, PositionIndependent = 0x200000;
    private const int MaxArchitectures = 32;

    /// <inheritdoc/>
    public string Name => "mach-o";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id is "mach-o" or "mach-o-fat";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        if (context.Format.Id == "mach-o")
        {
            AnalyzeImage(context, bytes, 0, "");
            return;
        }

        var reader = new SpanReader(bytes, bigEndian: true);
        bool wide = reader.UInt32(0) == 0xCAFEBABF;
        uint count = reader.UInt32(4);
        if (count > MaxArchitectures)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"The universal binary announces {count} architectures; {MaxArchitectures} are looked at.");
            count = MaxArchitectures;
        }

        context.SetFact("macho.architectures", count.ToString(CultureInfo.InvariantCulture));
        for (int i = 0; i < count; i++)
        {
            long row = 8 + ((wide ? 32L : 20L) * i);
            ulong offset = wide ? reader.UInt64(row + 8) : reader.UInt32(row + 8), length = wide ? reader.UInt64(row + 16) : reader.UInt32(row + 12);
            if (offset > int.MaxValue || length > int.MaxValue || !reader.TrySlice((long)offset, (long)length, out ReadOnlySpan<byte> image))
                context.ReportIncomplete(ScanIssueKind.Malformed, $"Architecture {i} lies outside the file.", row);
            else
                AnalyzeImage(context, image, (long)offset, string.Create(CultureInfo.InvariantCulture, $".{i}"));
        }
    }

    private static void AnalyzeImage(AnalysisContext context, ReadOnlySpan<byte> bytes, long offset, string suffix)
    {
        uint magic = new SpanReader(bytes).UInt32(0);
        bool big = magic is 0xCEFAEDFE or 0xCFFAEDFE;
        var reader = new SpanReader(bytes, big);
        magic = reader.UInt32(0);
        if (magic is not (0xFEEDFACE or 0xFEEDFACF) || !reader.Contains(0, 28))
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, "A part of the file is no Mach-O image.", offset);
            return;
        }

        bool wide = magic == 0xFEEDFACF;
        uint type = reader.UInt32(12), commands = reader.UInt32(16), flags = reader.UInt32(24);
        if (commands > context.Limits.MaxParseIterations)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"The image has {commands} load commands; the limit {nameof(ScanLimits.MaxParseIterations)} is {context.Limits.MaxParseIterations}.", offset);
            commands = (uint)context.Limits.MaxParseIterations;
        }

        var libraries = new List<string>();
        bool writableCode = false;
        (long Offset, long Length) signature = (-1, 0);
        long at = wide ? 32 : 28;
        for (uint i = 0; i < commands; i++)
        {
            uint command = reader.UInt32(at), length = reader.UInt32(at + 4);
            if (length < 8 || !reader.Contains(at, length))
            {
                context.ReportIncomplete(ScanIssueKind.Malformed, $"Load command {i} is cut off.", offset + at);
                break;
            }

            context.Spend(16);
            switch (command & 0x7FFFFFFF)
            {
                case 0xC or 0x18 or 0x1F or 0x23 when reader.UInt32(at + 8) is var name && name < length:
                    if (reader.Latin1String(at + name, (int)Math.Min(length - name, 1024)) is { } library)
                        libraries.Add(library);
                    break;
                case 0x1D:
                    signature = (reader.UInt32(at + 8), reader.UInt32(at + 12));
                    break;
                case 0x1 or 0x19:
                    uint protection = reader.UInt32(at + (wide ? 60 : 44));
                    writableCode |= (protection & 6) == 6;
                    break;
            }

            at += length;
        }

        context.SetFact("macho.processor" + suffix, reader.UInt32(4) switch
        {
            7 => "x86",
            0x01000007 => "x64",
            12 => "arm",
            0x0100000C => "arm64",
            var other => other.ToString("x", CultureInfo.InvariantCulture),
        });
        context.SetFact("macho.type" + suffix, type switch
        {
            1 => "object",
            2 => "executable",
            6 => "library",
            8 => "bundle",
            _ => type.ToString(CultureInfo.InvariantCulture),
        });
        CheckSignature(context, bytes, signature, offset, suffix);
        if (libraries.Count > 0)
            context.SetFact("macho.libraries" + suffix, string.Join(' ', libraries.Take(64)));
        if (writableCode)
            context.Report(ScanRules.WritableExecutableSection, "A segment is writable and executable.", context.At(offset));
        if (type == 2 && (flags & AllowStackExecution) != 0)
            context.Report(ScanRules.MissingNx, "The stack is executable.", context.At(offset));
        if (type == 2 && (flags & PositionIndependent) == 0)
            context.Report(ScanRules.MissingAslr, "The executable is not position independent.", context.At(offset));
    }

    private static void CheckSignature(AnalysisContext context, ReadOnlySpan<byte> bytes, (long Offset, long Length) signature, long imageOffset, string suffix)
    {
        MachOSignatureState state = MachOSignatureState.Unsigned;
        if (signature.Offset >= 0)
        {
            context.Spend(bytes.Length / 4);
            state = MachOSignature.Check(bytes, signature.Offset, signature.Length, out string? identifier, out string? signer);
            if (identifier is not null)
                context.SetFact("macho.identifier" + suffix, identifier);
            if (signer is not null)
                context.SetFact("macho.signer" + suffix, signer);
        }

        context.SetFact("macho.signature" + suffix, state.ToString().ToLowerInvariant());
        if (state == MachOSignatureState.Tampered)
            context.Report(ScanRules.TamperedSignature, "The code signature does not fit the content of the file.", context.At(imageOffset + signature.Offset));
        else if (state == MachOSignatureState.Unknown)
            context.ReportIncomplete(ScanIssueKind.Unsupported, "The code signature is of a kind that cannot be checked here.", imageOffset + signature.Offset);
    }
}
