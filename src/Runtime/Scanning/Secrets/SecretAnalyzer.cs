using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Secrets;

/// <summary>Finds secrets in text and configuration files, with line and column. The secret itself never reaches a finding.</summary>
public sealed class SecretAnalyzer : IContentAnalyzer
{
    /// <summary>A comment with this text on the line of a secret accepts it; what follows is the reason.</summary>
    public const string AllowMarker = "sectool:allow-secret";

    private static readonly FrozenSet<string> ConfigurationExtensions = new[]
    {
        ".json", ".config", ".xml", ".yml", ".yaml", ".ini", ".env", ".toml", ".properties", ".conf", ".cfg", ".tfvars", ".settings", ".pubxml", ".publishsettings", ".props",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string Name => "secrets";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Category is FileCategory.Text or FileCategory.Script || context.Format.Id is "pem" or "openssh-private-key" or "putty-key" or "svg" or "rich-text";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        if (bytes.Length > context.Limits.MaxTextSize)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"The text has {bytes.Length} bytes; the limit {nameof(ScanLimits.MaxTextSize)} is {context.Limits.MaxTextSize}.");
            return;
        }

        context.Spend(bytes.Length);
        byte[]? converted = ToUtf8(context.Format.Id, bytes);
        ReadOnlySpan<byte> text = converted ?? bytes;
        bool configuration = IsConfiguration(context.FileName) && !IsDocumentation(text);
        IReadOnlyList<SecretMatch> matches = SecretScanner.Default.ScanUtf8(text, configuration ? SecretContext.Configuration : SecretContext.Text);
        if (matches.Count == 0)
            return;
        var lines = new LineIndex(text);
        foreach (SecretMatch match in matches)
            context.Report(ToFinding(context, lines, match, configuration, converted is null));
    }

    /// <summary>Makes the finding of a match.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="match">The match.</param>
    /// <param name="location">The place.</param>
    public static Finding ToFinding(RuleMetadata rule, SecretMatch match, FindingLocation location) => new(rule, $"The file holds a secret: {match.Provider} ({match.PatternId}).", location)
    {
        Severity = match.Confidence == SecretConfidence.High ? FindingSeverity.Error : FindingSeverity.Warning,
        Evidence = PrintableText.Escape(match.Redacted, 64),
        Identity = match.PatternId + " " + match.Redacted,
        Properties = ImmutableSortedDictionary<string, string>.Empty
            .Add("confidence", match.Confidence.ToString())
            .Add("checksum", match.Checksum.ToString()),
    };

    private static Finding ToFinding(AnalysisContext context, LineIndex lines, SecretMatch match, bool configuration, bool sameOffsets)
    {
        (int line, int column) = lines.Position(match.Start);
        (int endLine, int endColumn) = lines.Position(match.End);
        FindingLocation location = context.AtLine(line, column) with
        {
            EndLine = endLine,
            EndColumn = endColumn,
            Offset = sameOffsets ? match.Start : -1,
            Length = sameOffsets ? match.Length : -1,
        };
        Finding finding = ToFinding(configuration ? ScanRules.SecretInConfiguration : ScanRules.HardcodedSecret, match, location);
        return AllowReason(lines.LineText(line)) is { } reason ? finding with { Suppression = new Suppression(SuppressionKind.InSource, reason) } : finding;
    }

    // The reason ends with the comment; an allowance without a reason is none.
    private static string? AllowReason(ReadOnlySpan<byte> line)
    {
        int at = line.IndexOf(Encoding.ASCII.GetBytes(AllowMarker));
        if (at < 0)
            return null;
        string reason = Encoding.UTF8.GetString(line[(at + AllowMarker.Length)..]).Trim(' ', '\t', '\r', ':', '-', '*', '/', '>');
        return reason.Length == 0 ? null : PrintableText.Escape(reason, 256);
    }

    private static bool IsConfiguration(string name) =>
        ConfigurationExtensions.Contains(Path.GetExtension(name)) || name.StartsWith(".env", StringComparison.OrdinalIgnoreCase) || name.Equals("Dockerfile", StringComparison.OrdinalIgnoreCase);

    // What compilers write beside an assembly: parameters are called "password", and their descriptions are prose.
    private static bool IsDocumentation(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> head = text[..Math.Min(text.Length, 2048)];
        int root = head.IndexOf("<doc"u8);
        return root >= 0 && head.Length > root + 4 && head[root + 4] is (byte)'>' or (byte)' ' && (head[root..].IndexOf("<assembly"u8) > 0 || head[root..].IndexOf("<members"u8) > 0);
    }

    private static byte[]? ToUtf8(string format, ReadOnlySpan<byte> bytes)
    {
        if (format == "utf32-text")
            return Encoding.Convert(bytes[0] == 0xFF ? Encoding.UTF32 : new UTF32Encoding(bigEndian: true, byteOrderMark: true), Encoding.UTF8, bytes.ToArray());
        if (format != "utf16-text")
            return null;
        bool big = bytes[0] == 0xFE || (bytes[0] == 0 && bytes[1] != 0);
        return Encoding.Convert(big ? Encoding.BigEndianUnicode : Encoding.Unicode, Encoding.UTF8, bytes.ToArray());
    }
}
