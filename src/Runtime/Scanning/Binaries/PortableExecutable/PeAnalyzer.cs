using System.Globalization;
using SecurityToolchain.Scanning.Binaries.DotNet;
using SecurityToolchain.Scanning.Binaries.DotNet.Resources;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>Facts, hardening checks and signature of PE files; hands .NET assemblies on.</summary>
public sealed class PeAnalyzer : IContentAnalyzer
{
    // Compiled code of x86 and ARM stays below 6.9; the highest value of 5,000 random kilobytes was 7.87.
    private const double PackedEntropy = 7.4;
    private const int MinPackedLength = 16 << 10;
    private const int MinResource = 64;

    /// <inheritdoc/>
    public string Name => "pe";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id == "portable-executable";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        context.Spend(4096);
        PeImage? image = PeParser.TryParse(bytes, context.Limits, out string error, out string? truncated);
        if (image is null)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, $"The PE file cannot be parsed: {error}.");
            return;
        }

        if (truncated is not null)
            context.ReportIncomplete(ScanIssueKind.Limit, truncated);
        foreach (string anomaly in image.Anomalies.Distinct().Take(16))
            context.Report(ScanRules.AnomalousHeader, $"In the PE headers, {anomaly}.", context.At(0));
        SetFacts(context, image);
        LookIntoResources(context, image);
        CheckSignature(context, bytes, image);
        bool pureManaged = image.IsManaged && DotNetImage.IsManagedOnly(bytes, image);
        CheckHardening(context, bytes, image, pureManaged);
        if (image.IsManaged)
            DotNetAnalyzer.Analyze(context, image);
    }

    private static void SetFacts(AnalysisContext context, PeImage image)
    {
        context.SetFact("pe.machine", image.Machine switch
        {
            0x14C => "x86",
            0x8664 => "x64",
            0xAA64 => "arm64",
            0x1C4 => "arm",
            _ => image.Machine.ToString("x4", CultureInfo.InvariantCulture),
        });
        context.SetFact("pe.kind", (image.Characteristics & 0x2000) != 0 ? "library" : "executable");
        context.SetFact("pe.sections", string.Join(' ', image.Sections.Select(static s => s.Name)));
        context.SetFact("pe.subsystem", image.Subsystem.ToString(CultureInfo.InvariantCulture));
        if (image.ImportHash is not null)
            context.SetFact("pe.imphash", image.ImportHash);
        if (image.RichHash is not null)
            context.SetFact("pe.rich-hash", image.RichHash);
        if (!image.Imports.IsEmpty)
            context.SetFact("pe.imports", string.Join(' ', image.Imports.Select(static i => i.Library + (i.Delayed ? "(delayed)" : "")).Take(64)));
        if (!image.Exports.IsEmpty)
            context.SetFact("pe.exports", image.Exports.Length.ToString(CultureInfo.InvariantCulture));
        if (image.ResourceCount > 0)
            context.SetFact("pe.resources", image.ResourceCount.ToString(CultureInfo.InvariantCulture));
        if (image.TlsCallbacks > 0)
            context.SetFact("pe.tls-callbacks", image.TlsCallbacks.ToString(CultureInfo.InvariantCulture));
        if (image.SymbolPath is not null)
            context.SetFact("pe.symbols", image.SymbolPath);
        if (image.OverlaySize > 0)
            context.SetFact("pe.overlay", string.Create(CultureInfo.InvariantCulture, $"{image.OverlaySize} bytes at {image.OverlayOffset}"));
        context.SetFact("pe.deterministic", image.IsDeterministic ? "yes" : "no");
    }

    // Pictures, menus and texts of dialogs hold no files; data, pages and types of the program's own may.
    private static void LookIntoResources(AnalysisContext context, PeImage image)
    {
        if (image.ResourceCount == 0)
            return;
        ReadOnlyMemory<byte> content = context.Content.Memory;
        var types = new SortedDictionary<string, int>(StringComparer.Ordinal);
        long total = 0;
        foreach (PeResource resource in PeResourceReader.Read(content.Span, image, context.Limits))
        {
            context.Spend(64);
            types[resource.TypeName] = types.GetValueOrDefault(resource.TypeName) + 1;
            ReadOnlyMemory<byte> bytes = content.Slice((int)resource.Offset, resource.Length);
            if (resource.TypeName == "version")
            {
                foreach ((string name, string text) in PeVersion.Read(bytes.Span))
                    context.SetFact("pe.version." + PrintableText.Escape(name, 64), text);
            }
            else if (resource.TypeName == "manifest" && ExecutionLevel(bytes.Span) is { } level)
            {
                context.SetFact("pe.execution-level", level);
            }

            if (resource.Length < MinResource || resource.TypeName is not ("data" or "html") && resource.Type != 0)
                continue;
            if ((total += resource.Length) > content.Length)
            {
                context.Report(ScanRules.AnomalousHeader, "In the PE headers, resources share their bytes.", context.At(resource.Offset));
                break;
            }

            if (ExecutableHeaders.IsPortableExecutable(new SpanReader(bytes.Span), 0) || ExecutableHeaders.IsElf(new SpanReader(bytes.Span), 0))
            {
                context.Report(new Finding(ScanRules.EmbeddedExecutable, $"The resource '{resource.TypeName}/{resource.Name}' is an executable.", context.At(resource.Offset, resource.Length)) { Severity = FindingSeverity.Note });
            }

            ManifestResources.ScanNested(context, resource.TypeName + "/" + resource.Name, bytes);
        }

        context.SetFact("pe.resource-types", string.Join(' ', types.Select(static t => string.Create(CultureInfo.InvariantCulture, $"{t.Key}:{t.Value}"))));
    }

    private static string? ExecutionLevel(ReadOnlySpan<byte> manifest)
    {
        int at = manifest.IndexOf("requestedExecutionLevel"u8);
        if (at < 0)
            return null;
        foreach (string level in (string[])["requireAdministrator", "highestAvailable", "asInvoker"])
        {
            if (manifest[at..].IndexOf(System.Text.Encoding.ASCII.GetBytes(level)) >= 0)
                return level;
        }

        return null;
    }

    private static void CheckSignature(AnalysisContext context, ReadOnlySpan<byte> bytes, PeImage image)
    {
        context.Spend(bytes.Length / 8);
        AuthenticodeState state = Authenticode.Check(bytes, image, out string? signer);
        context.SetFact("pe.signature", state.ToString().ToLowerInvariant());
        if (signer is not null)
            context.SetFact("pe.signer", signer);
        if (state == AuthenticodeState.Tampered)
            context.Report(ScanRules.TamperedSignature, "The Authenticode signature does not fit the content of the file.", context.At(image.Directories[4].Address), signer is null ? null : PrintableText.Escape(signer, 200));
        else if (state == AuthenticodeState.Unknown)
            context.ReportIncomplete(ScanIssueKind.Unsupported, "The Authenticode signature is of a kind that cannot be checked here.", image.Directories[4].Address);
    }

    private static void CheckHardening(AnalysisContext context, ReadOnlySpan<byte> bytes, PeImage image, bool pureManaged)
    {
        foreach (PeSection section in image.Sections)
        {
            if (section.IsWritable && section.IsExecutable)
                context.Report(ScanRules.WritableExecutableSection, $"The section '{PrintableText.Escape(section.Name)}' is writable and executable.", context.At(section.RawOffset));
            if (section.IsExecutable && section.RawSize >= MinPackedLength && !pureManaged)
            {
                ReadOnlySpan<byte> code = new SpanReader(bytes).SliceUpTo(section.RawOffset, section.RawSize);
                context.Spend(code.Length / 4);
                double entropy = EntropyCounter.Measure(code);
                if (entropy > PackedEntropy)
                    context.Report(ScanRules.PackedCode, string.Create(CultureInfo.InvariantCulture, $"The section '{PrintableText.Escape(section.Name)}' has {entropy:F2} bits per byte."), context.At(section.RawOffset));
            }
        }

        // Drivers and firmware follow other rules; resources without code need none.
        bool hasCode = image.Sections.Any(static s => s.IsExecutable && s.RawSize > 0);
        if (!hasCode || image.Subsystem is not (2 or 3))
            return;
        int flags = image.DllCharacteristics;
        if ((flags & 0x100) == 0)
            context.Report(ScanRules.MissingNx, "The image does not declare /NXCOMPAT.", context.At(0));
        if ((flags & 0x40) == 0)
            context.Report(ScanRules.MissingAslr, "The image does not declare /DYNAMICBASE.", context.At(0));
        else if ((image.Characteristics & 1) != 0 && !pureManaged)
            context.Report(ScanRules.MissingAslr, "The relocations were stripped, so the image cannot be moved.", context.At(0));
        if (image.Is64Bit && (flags & 0x20) == 0)
            context.Report(ScanRules.LowEntropyAslr, "The image does not declare /HIGHENTROPYVA.", context.At(0));
        if (pureManaged)
            return;
        if ((flags & 0x4000) == 0)
            context.Report(ScanRules.MissingControlFlowGuard, "The image does not declare /guard:cf.", context.At(0));
        if (!image.HasStackCookie)
            context.Report(ScanRules.MissingStackProtector, "The load configuration has no stack cookie.", context.At(0));
        if (image.Machine == 0x8664 && !image.IsShadowStackCompatible)
            context.Report(ScanRules.MissingShadowStack, "The image does not declare /CETCOMPAT.", context.At(0));
    }
}
