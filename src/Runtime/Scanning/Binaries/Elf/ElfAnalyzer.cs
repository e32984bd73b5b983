using System.Collections.Frozen;
using System.Globalization;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Binaries.Elf;

/// <summary>Facts and hardening checks of ELF files.</summary>
public sealed class ElfAnalyzer : IContentAnalyzer
{
    private const uint Load = 1, GnuStack = 0x6474E551, GnuRelro = 0x6474E552;

    // Functions of the C library that have a checked form with the name __x_chk.
    private static readonly FrozenSet<string> Fortifiable = new[]
    {
        "memcpy", "memmove", "memset", "strcpy", "strncpy", "strcat", "strncat", "sprintf", "snprintf", "vsprintf", "vsnprintf", "fprintf", "vfprintf", "printf", "gets", "fgets", "read", "recv", "realpath",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "elf";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id == "elf";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Spend(4096);
        ElfImage? image = ElfParser.TryParse(context.Content.Bytes, context.Limits, out string error, out string? truncated);
        if (image is null)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, $"The ELF file cannot be parsed: {error}.");
            return;
        }

        if (truncated is not null)
            context.ReportIncomplete(ScanIssueKind.Limit, truncated);
        foreach (string anomaly in image.Anomalies.Distinct().Take(16))
            context.Report(ScanRules.AnomalousHeader, $"In the ELF headers, {anomaly}.", context.At(0));
        SetFacts(context, image);
        // Objects and core files are not run; files of debug symbols keep the headers and drop the content.
        if (image.Type is 2 or 3 && image.Segments.Any(static s => s.Type == Load))
            CheckHardening(context, image);
    }

    private static void SetFacts(AnalysisContext context, ElfImage image)
    {
        context.SetFact("elf.class", image.Is64Bit ? "64" : "32");
        context.SetFact("elf.machine", image.Machine switch
        {
            3 => "x86",
            40 => "arm",
            62 => "x64",
            183 => "arm64",
            243 => "riscv",
            _ => image.Machine.ToString(CultureInfo.InvariantCulture),
        });
        context.SetFact("elf.type", image.Type switch
        {
            1 => "object",
            2 => "executable",
            3 => image.Interpreter is not null && (image.IsPositionIndependentExecutable || image.SharedObjectName is null) ? "pie" : "library",
            4 => "core",
            _ => "unknown",
        });
        if (image.Interpreter is not null)
            context.SetFact("elf.interpreter", image.Interpreter);
        if (!image.Needed.IsEmpty)
            context.SetFact("elf.needed", string.Join(' ', image.Needed));
        if (image.SharedObjectName is not null)
            context.SetFact("elf.soname", image.SharedObjectName);
        if (image.BuildId is not null)
            context.SetFact("elf.build-id", image.BuildId);
        if (image.RunPath is not null)
            context.SetFact("elf.run-path", image.RunPath);
        context.SetFact("elf.symbols", image.DynamicSymbols.Length.ToString(CultureInfo.InvariantCulture));
        context.SetFact("elf.stripped", image.HasSymbolTable ? "no" : "yes");
    }

    private static void CheckHardening(AnalysisContext context, ElfImage image)
    {
        if (image.Segments.Any(static s => s.Type == Load && (s.Flags & 3) == 3))
            context.Report(ScanRules.WritableExecutableSection, "A segment is writable and executable.", context.At(0));
        if (image.Segments.Any(static s => s.Type == GnuStack && (s.Flags & 1) != 0))
            context.Report(ScanRules.MissingNx, "The stack is executable.", context.At(0));
        bool dynamic = image.Interpreter is not null || !image.Needed.IsEmpty;
        if (image.Type == 2)
            context.Report(ScanRules.MissingAslr, "The executable is not position independent.", context.At(0));
        if (!dynamic)
            return;
        if (!image.Segments.Any(static s => s.Type == GnuRelro))
            context.Report(ScanRules.MissingRelro, "There is no GNU_RELRO segment.", context.At(0));
        if (!image.IsBoundNow)
            context.Report(ScanRules.MissingBindNow, "Functions are bound lazily.", context.At(0));
        HashSet<string> symbols = [.. image.DynamicSymbols];
        if (!symbols.Contains("__stack_chk_fail") && !symbols.Contains("__stack_chk_guard") && symbols.Overlaps(Fortifiable))
            context.Report(ScanRules.MissingStackProtector, "There is no use of __stack_chk_fail.", context.At(0));
        if (symbols.Overlaps(Fortifiable) && !symbols.Any(static s => s.StartsWith("__", StringComparison.Ordinal) && s.EndsWith("_chk", StringComparison.Ordinal)))
            context.Report(ScanRules.MissingFortify, "Functions with checked forms are called, and no checked form is.", context.At(0));
        foreach (string directory in image.RunPath?.Split(':') ?? [])
        {
            bool safe = directory.StartsWith("$ORIGIN", StringComparison.Ordinal) || directory.StartsWith("${ORIGIN}", StringComparison.Ordinal)
                || (directory.StartsWith('/') && !directory.StartsWith("/tmp", StringComparison.Ordinal) && !directory.StartsWith("/var/tmp", StringComparison.Ordinal) && !directory.StartsWith("/dev/shm", StringComparison.Ordinal));
            if (!safe)
                context.Report(ScanRules.InsecureRunPath, $"The run path has '{PrintableText.Escape(directory, 200)}'.", context.At(0));
        }
    }
}
