using System.Reflection;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Tests;

public sealed class DocumentationTests
{
    private static readonly string Page = ReadPage();

    [Fact]
    public void Page_HasEveryRuleAndEveryLimit()
    {
        Assert.Empty(ScanRules.All.Where(rule => !Page.Contains($"| <a id=\"{rule.Id.ToLowerInvariant()}\"></a>{rule.Id} | {rule.Name} | {rule.Title} ({rule.Severity.ToString().ToLowerInvariant()}", StringComparison.Ordinal)).Select(static rule => rule.Id));
        Assert.Empty(typeof(ScanLimits).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static p => p.Name).Where(static name => !Page.Contains(name, StringComparison.Ordinal)));
    }

    private static string ReadPage()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "SecurityToolchain.sln")))
            directory = Path.GetDirectoryName(directory);
        return File.ReadAllText(Path.Combine(directory!, "docs", "scanning.md"));
    }
}
