using System.Collections.Immutable;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Rules;

/// <summary>The rules of the scanning engine. The parts of this class hold one family each.</summary>
public static partial class ScanRules
{
    /// <summary>The tag of rules that describe an attack and have no innocent reading.</summary>
    public const string MaliciousTag = "malicious";

    private const string HelpPage = "https://github.com/securitytoolchain/securitytoolchain/blob/main/docs/scanning.md#";

    /// <summary>STC9010: something was not looked at.</summary>
    public static RuleMetadata Incomplete { get; } = Rule(
        "STC9010", "not-inspected", "Something was not looked at", FindingSeverity.Warning, [], "A limit was reached, a file could not be read, or a format cannot be looked into. Unknown is not clean.");

    private static readonly Lazy<ImmutableArray<RuleMetadata>> LazyAll = new(static () =>
        [.. typeof(ScanRules).GetProperties().Where(static p => p.PropertyType == typeof(RuleMetadata)).Select(static p => (RuleMetadata)p.GetValue(null)!).OrderBy(static r => r.Id, StringComparer.Ordinal)]);

    /// <summary>Every rule in the order of ids.</summary>
    public static ImmutableArray<RuleMetadata> All => LazyAll.Value;

    /// <summary>Finds a rule.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The rule, or null.</returns>
    public static RuleMetadata? Find(string id) => All.FirstOrDefault(rule => rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static RuleMetadata Rule(
        string id, string name, string title, FindingSeverity severity, ImmutableArray<int> cwes, string description, string remedy = "", params ReadOnlySpan<string> tags) =>
        new(id, name, title, severity)
        {
            Cwes = cwes,
            Description = description,
            Remedy = remedy,
            Tags = [.. tags],
            HelpUri = HelpPage + id.ToLowerInvariant(),
        };
}
