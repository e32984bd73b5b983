using System.Collections.Immutable;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>One content under analysis: its bytes, its limits, and where findings, facts and issues go. Belongs to one thread.</summary>
public sealed class AnalysisContext
{
    private readonly FileScan _scan;
    private readonly SortedDictionary<string, string> _facts = new(StringComparer.Ordinal);

    internal AnalysisContext(FileScan scan, string? innerPath, int depth, ScanContent content, FileFormat format)
    {
        _scan = scan;
        InnerPath = innerPath;
        Depth = depth;
        Content = content;
        Format = format;
    }

    /// <summary>The path of the top-level file.</summary>
    public string Path => _scan.Path;

    /// <summary>The path inside the top-level archive, or null.</summary>
    public string? InnerPath { get; }

    /// <summary>The name to judge the content by: the innermost path with forward slashes.</summary>
    public string Name => InnerPath is null ? Path : InnerPath[(InnerPath.LastIndexOf("!/", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];

    /// <summary>The last part of <see cref="Name"/>.</summary>
    public string FileName => System.IO.Path.GetFileName(Name);

    /// <summary>How many archives the content is in; 0 for a file.</summary>
    public int Depth { get; }

    /// <summary>The content.</summary>
    public ScanContent Content { get; }

    /// <summary>The format by content.</summary>
    public FileFormat Format { get; }

    /// <summary>The limits.</summary>
    public ScanLimits Limits => _scan.Options.Limits;

    /// <summary>The memory that this file and its members may hold.</summary>
    public MemoryBudget Memory => _scan.Memory;

    /// <summary>Counters shared by all archives that are nested in one top-level file.</summary>
    internal ArchiveTotals Archives => _scan.Archives;

    /// <summary>The analyzer that runs now; it pays for the work.</summary>
    internal string CurrentAnalyzer { get; set; } = "engine";

    internal IReadOnlyDictionary<string, string> Facts => _facts;

    internal List<ExtractedString> Strings { get; } = [];

    internal ImmutableArray<FileScanResult>.Builder Members { get; } = ImmutableArray.CreateBuilder<FileScanResult>();

    /// <summary>A place in this content.</summary>
    /// <param name="offset">The offset in bytes, or -1.</param>
    /// <param name="length">The length in bytes, or -1.</param>
    public FindingLocation At(long offset = -1, long length = -1) => new(Path) { InnerPath = InnerPath, Offset = offset, Length = length };

    /// <summary>A place in this content.</summary>
    /// <param name="line">The 1-based line.</param>
    /// <param name="column">The 1-based column, or 0.</param>
    /// <param name="endColumn">The column after the last character, or 0.</param>
    public FindingLocation AtLine(int line, int column = 0, int endColumn = 0) =>
        new(Path) { InnerPath = InnerPath, Line = line, Column = column, EndColumn = endColumn };

    /// <summary>A member of the program in this content.</summary>
    /// <param name="member">The full name of the member.</param>
    /// <param name="offset">The offset in bytes, or -1.</param>
    public FindingLocation AtMember(string member, long offset = -1) =>
        new(Path) { InnerPath = InnerPath, Offset = offset, Member = PrintableText.Escape(member, 512) };

    /// <summary>Reports a finding.</summary>
    /// <param name="finding">The finding; its text is already safe to print.</param>
    public void Report(Finding finding) => _scan.Report(finding);

    /// <summary>Reports a finding.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="message">What was found.</param>
    /// <param name="location">The place.</param>
    /// <param name="evidence">The proof, safe to print.</param>
    public void Report(RuleMetadata rule, string message, FindingLocation location, string? evidence = null) =>
        Report(new Finding(rule, message, location) { Evidence = evidence });

    /// <summary>Says that a part of this content was not looked at. The verdict becomes incomplete, and a finding names the reason.</summary>
    /// <param name="kind">The reason.</param>
    /// <param name="message">Names the thing, the limit and the value.</param>
    /// <param name="offset">The offset in bytes, or -1.</param>
    public void ReportIncomplete(ScanIssueKind kind, string message, long offset = -1) => _scan.ReportIncomplete(new ScanIssue(kind, message, At(offset)));

    /// <summary>Adds a string that only this analyzer can find; kept when strings were asked for.</summary>
    /// <param name="text">The string, already redacted and safe to print.</param>
    public void AddString(ExtractedString text) => Strings.Add(text);

    /// <summary>Records a fact.</summary>
    /// <param name="name">The name in kebab case with dots.</param>
    /// <param name="value">The value; is escaped here.</param>
    public void SetFact(string name, string value) => _facts[name] = PrintableText.Escape(value, 4096);

    /// <summary>Pays for work. Also the place where cancellation and the deadline are noticed, so every loop over hostile data calls it.</summary>
    /// <param name="units">The units, about one for each byte or row.</param>
    /// <exception cref="ScanLimitException">The budget or the time of the file is used up.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public void Spend(long units)
    {
        _scan.Work.Spend(CurrentAnalyzer, units);
        _scan.CheckTime(CurrentAnalyzer);
    }

    /// <summary>Scans a member of the archive in this content.</summary>
    /// <param name="name">The name of the member; is escaped here.</param>
    /// <param name="content">The inflated content; reading it may throw <see cref="ScanLimitException"/> or <see cref="InvalidDataException"/>.</param>
    /// <param name="expectedLength">What the archive says about the length, -1 when unknown; a hint only.</param>
    /// <returns>The number of bytes that came out of the stream.</returns>
    internal long ScanMember(string name, Stream content, long expectedLength) => _scan.ScanMember(this, name, content, expectedLength);

    internal static RuleMetadata IncompleteRule => ScanRules.Incomplete;
}
