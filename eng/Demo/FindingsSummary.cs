using System.Globalization;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Demo;

/// <summary>Findings by rule, as a table for people.</summary>
internal static class FindingsSummary
{
    private const int PlacesShown = 3;

    public static void Print(SarifLog log, string folder)
    {
        SarifFinding[] ours = [.. log.Findings.Where(static finding => finding.RuleId.StartsWith("STC", StringComparison.Ordinal))];
        Console.WriteLine("  rule     findings  weakness   title");
        foreach (IGrouping<string, SarifFinding> rule in ours.GroupBy(static finding => finding.RuleId).OrderBy(static rule => rule.Key, StringComparer.Ordinal))
        {
            log.Rules.TryGetValue(rule.Key, out SarifRule? described);
            string weakness = described?.Tags.FirstOrDefault(static tag => tag.StartsWith("CWE-", StringComparison.Ordinal)) ?? string.Empty;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Key} {rule.Count(),8}  {weakness,-9}  {described?.Title}"));
            Console.WriteLine($"                              {Places([.. rule], folder)}");
        }

        int rules = ours.Select(static finding => finding.RuleId).Distinct().Count();
        int flows = ours.Count(static finding => finding.Steps > 0);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {ours.Length} findings by {rules} rules, explained in docs/rules; {flows} carry the path that the data took."));
    }

    private static string Places(SarifFinding[] findings, string folder)
    {
        IEnumerable<string> shown = findings.Take(PlacesShown)
            .Select(finding => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, finding.File)}:{finding.Line}"));
        int more = findings.Length - PlacesShown;
        return string.Join(", ", shown) + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : string.Empty);
    }
}
