using System.Text.RegularExpressions;

namespace SecurityToolchain.AspNetCore.Tests;

/// <summary>The page that maps practices to rules and types names nothing that does not exist.</summary>
public sealed partial class BestPracticesTests
{
    [Fact]
    public void EveryNamedRuleTypeAndLink_Exists()
    {
        string root = RepositoryRoot();
        string page = File.ReadAllText(Path.Combine(root, "docs", "best-practices.md"));
        string[] rows = [.. page.Split('\n').Where(static line => PracticeRow().IsMatch(line))];
        Assert.Equal(10, rows.Length);
        HashSet<string> types =
        [
            .. typeof(SecurityToolchain.Runtime.Files.SafePath).Assembly.GetExportedTypes().Select(static type => type.Name),
            .. typeof(SecurityToolchain.AspNetCore.Hosting.SecurityToolchainOptions).Assembly.GetExportedTypes().Select(static type => type.Name),
        ];
        int names = 0;
        foreach (string row in rows)
        {
            string[] cells = row.Split('|');
            foreach (Match name in Name().Matches(cells[4]))
            {
                Assert.Contains(name.Groups[1].Value, types);
                names++;
            }

            foreach (Match rule in RuleId().Matches(cells[3]))
                Assert.True(File.Exists(Path.Combine(root, "docs", "rules", $"{rule.Value}.md")), $"{rule.Value} has no page");
        }

        Assert.True(names > 30, $"only {names} types are named");
        foreach (Match link in Link().Matches(page))
            Assert.True(Path.Exists(Path.Combine(root, "docs", link.Groups[1].Value)), $"{link.Groups[1].Value} does not exist");
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SecurityToolchain.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex PracticeRow();

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("STC[0-9]{4}")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
