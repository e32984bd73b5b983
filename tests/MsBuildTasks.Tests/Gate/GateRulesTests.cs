using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.Tests.Gate;

public sealed class GateRulesTests
{
    private static string RepositoryRoot
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "SecurityToolchain.sln")))
                folder = folder.Parent!;
            return folder.FullName;
        }
    }

    [Fact]
    public void GatePage_ListsEveryRule()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot, "docs", "gate.md"));
        Assert.All(GateRules.All, rule => Assert.Contains($"| [{rule.Id}](rules/{rule.Id}.md) | `{rule.Name}` | {rule.Title} | {rule.Severity} |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void All_Rules_HaveUniqueIdsAndAPage()
    {
        Assert.Equal(GateRules.All.Length, GateRules.All.Select(static rule => rule.Id).Distinct().Count());
        foreach (var rule in GateRules.All)
        {
            string page = Path.Combine(RepositoryRoot, "docs", "rules", rule.Id + ".md");
            Assert.True(File.Exists(page), $"{page} is missing");
            string text = File.ReadAllText(page);
            Assert.Contains(rule.Name, text, StringComparison.Ordinal);
            foreach (string section in (string[])["## What", "## Why it matters", "## How to fix", "## When to suppress", "## Known limits"])
                Assert.Contains(section, text, StringComparison.Ordinal);
        }
    }
}
