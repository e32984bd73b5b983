using System.Text;
using System.Text.RegularExpressions;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.RuleTool;

/// <summary>The page that lists every rule.</summary>
internal static partial class RuleTable
{
    public static string PagePath(Repository repository) => repository.Path("docs", "rules", "README.md");

    public static bool IsCurrent(Repository repository)
    {
        try
        {
            return File.ReadAllText(PagePath(repository)).ReplaceLineEndings("\n") == Build(repository);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    public static string Build(Repository repository)
    {
        IReadOnlyList<CatalogueRule> rules = CatalogueRule.ReadAll();
        var page = new StringBuilder();
        page.Append("""
            # Rules

            `dotnet run --project eng/RuleTool -- docs` writes this page from the catalogue. A severity of `Hidden` or a rule that is off by default is
            switched on in `.editorconfig`: `dotnet_diagnostic.STC1001.severity = error`.

            ## In source

            | id | family | title | severity | weakness | fix |
            |---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (CatalogueRule rule in rules)
        {
            string severity = rule.Descriptor.IsEnabledByDefault ? rule.Descriptor.DefaultSeverity.ToString() : rule.Descriptor.DefaultSeverity + ", off";
            page.Append("| [").Append(rule.Descriptor.Id).Append("](").Append(rule.Descriptor.Id).Append(".md) | `").Append(rule.Family)
                .Append("` | ").Append(rule.Descriptor.Title.ToString().Replace("|", "\\|", StringComparison.Ordinal))
                .Append(" | ").Append(severity)
                .Append(" | ").AppendJoin(", ", rule.Weaknesses)
                .Append(" | ").Append(rule.HasFix ? "yes" : "").Append(" |\n");
        }

        AppendOthers(page, repository, [.. rules.Select(static rule => rule.Descriptor.Id)]);
        return page.ToString().ReplaceLineEndings("\n");
    }

    // The gate and the scanner report without the compiler; their ids are known here by their pages.
    private static void AppendOthers(StringBuilder page, Repository repository, HashSet<string> inSource)
    {
        (string Id, string Title)[] others =
        [
            .. Directory.GetFiles(repository.Path("docs", "rules"), "STC*.md")
                .Where(path => !inSource.Contains(Path.GetFileNameWithoutExtension(path)))
                .Order(StringComparer.Ordinal)
                .Select(static path => (Path.GetFileNameWithoutExtension(path), Heading(path))),
        ];
        if (others.Length == 0)
            return;
        page.Append("""

            ## In packages, binaries and files

            Reported by the gate in the build and by `sectool`.

            | id | title |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach ((string id, string title) in others)
            page.Append("| [").Append(id).Append("](").Append(id).Append(".md) | ").Append(title).Append(" |\n");
    }

    private static string Heading(string path)
    {
        string first = File.ReadLines(path).FirstOrDefault() ?? string.Empty;
        return HeadingStart().Replace(first, string.Empty).Trim();
    }

    [GeneratedRegex(@"^#\s*STC\d{4}\s*[:\-\u2013]?\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeadingStart();
}
