using System.CommandLine;
using System.Globalization;
using System.Reflection;
using SecurityToolchain.Cli.Scanning;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool explain</c>: what a rule looks for and what to do about it.</summary>
internal static class ExplainCommand
{
    private const string PagePrefix = "rule:";

    public static Command Create()
    {
        var id = new Argument<string?>("rule") { Description = "The id, for example STC8010; without it all rules are listed.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Explain a rule, or list all rules.") { id };
        command.SetAction(result =>
        {
            TextWriter output = result.InvocationConfiguration.Output;
            string? wanted = result.GetValue(id);
            if (wanted is null)
            {
                foreach ((string rule, string title) in List())
                    output.WriteLine($"{rule}  {title}");
                return ScanExitCodes.Clean;
            }

            bool known = false;
            if (ScanRules.Find(wanted) is { } found)
            {
                Print(output, found);
                known = true;
            }

            if (Page(wanted) is { } page)
            {
                output.WriteLine(page.TrimEnd());
                known = true;
            }

            if (known)
                return ScanExitCodes.Clean;
            result.InvocationConfiguration.Error.WriteLine($"sectool explain: there is no rule '{wanted}'. 'sectool explain' lists all.");
            return ScanExitCodes.Usage;
        });
        return command;
    }

    private static void Print(TextWriter output, RuleMetadata rule)
    {
        output.WriteLine($"{rule.Id} {rule.Name}: {rule.Title} ({rule.Severity.ToString().ToLowerInvariant()})");
        output.WriteLine(rule.Description);
        if (rule.Remedy.Length > 0)
            output.WriteLine("What to do: " + rule.Remedy);
        if (!rule.Cwes.IsEmpty)
            output.WriteLine("Weaknesses: " + string.Join(", ", rule.Cwes.Select(static cwe => "CWE-" + cwe.ToString(CultureInfo.InvariantCulture))));
        output.WriteLine();
    }

    private static SortedDictionary<string, string> List()
    {
        var rules = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (RuleMetadata rule in ScanRules.All)
            rules[rule.Id] = rule.Title;
        foreach (string name in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(static n => n.StartsWith(PagePrefix, StringComparison.Ordinal)))
        {
            string rule = name[PagePrefix.Length..];
            rules.TryAdd(rule, Page(rule)!.Split('\n')[0].TrimStart('#', ' '));
        }

        return rules;
    }

    private static string? Page(string id)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(PagePrefix + id.ToUpperInvariant());
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
