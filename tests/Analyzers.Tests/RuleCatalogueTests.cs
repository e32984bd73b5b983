using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Rules;
using SecurityToolchain.RuleTool;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Analyzers.Tests;

/// <summary>A rule is more than its analyzer: each test here walks all descriptors and names those that lack a part.</summary>
public sealed partial class RuleCatalogueTests
{
    // Diagnostics about the toolchain itself: nothing in a shop can fire them, and there is nothing to fix in code.
    private const string OwnCategory = "Toolchain";

    private static readonly string[] s_pageSections =
        ["What", "Why it matters", "Noncompliant", "Compliant", "How to fix", "When to suppress", "Options", "Known limits"];

    private static readonly Repository s_repository = Repository.Find();

    private static readonly IReadOnlyList<CatalogueRule> s_rules = CatalogueRule.ReadAll();

    [Fact]
    public void Catalogue_HasRules() => Assert.NotEmpty(s_rules);

    [Fact]
    public void Ids_AreUniqueAndWellFormed()
    {
        Assert.Empty(s_rules.GroupBy(static rule => rule.Descriptor.Id).Where(static group => group.Count() > 1).Select(static group => group.Key));
        Assert.All(s_rules, static rule => Assert.Matches("^STC[0-9]{4}$", rule.Descriptor.Id));
    }

    [Fact]
    public void Ids_LieInTheRangeOfTheirCategory()
    {
        ILookup<string, IdRange> ranges = IdRange.ReadAll(s_repository.Path("src", "Analyzers", "DiagnosticCategoryAndIdRanges.txt"))
            .ToLookup(static range => range.Category);

        Assert.Empty(Without(rule =>
        {
            int number = int.Parse(rule.Descriptor.Id.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture);
            return ranges[rule.Descriptor.Category].Any(range => number >= range.First && number <= range.Last);
        }));
    }

    [Fact]
    public void Descriptors_HaveWeaknessAndFamilyTags() => Assert.Empty(Without(static rule =>
        rule.Weaknesses.Count > 0 && rule.Weaknesses.All(static tag => CweTag().IsMatch(tag)) && KebabCase().IsMatch(rule.Family)));

    [Fact]
    public void Descriptors_HaveTitleDescriptionAndMessage() => Assert.Empty(Without(static rule =>
        rule.Descriptor.Title.ToString().Length is > 5 and < 100
        && rule.Descriptor.Description.ToString().Length > 20
        && rule.Descriptor.MessageFormat.ToString().Length > 10));

    [Fact]
    public void HelpLinks_LeadToThePage() => Assert.Empty(Without(static rule =>
        rule.Descriptor.HelpLinkUri.EndsWith($"/docs/rules/{rule.Descriptor.Id}.md", StringComparison.Ordinal)
        && File.Exists(PagePath(rule))));

    [Fact]
    public void Pages_HaveEverySectionFilledIn()
    {
        var problems = new List<string>();
        foreach (CatalogueRule rule in s_rules.Where(static rule => File.Exists(PagePath(rule))))
        {
            string page = File.ReadAllText(PagePath(rule)).ReplaceLineEndings("\n");
            if (!page.StartsWith($"# {rule.Descriptor.Id}", StringComparison.Ordinal))
                problems.Add($"{rule.Descriptor.Id}: the first line is not '# {rule.Descriptor.Id}: title'");
            Dictionary<string, string> sections = page.Split("\n## ").Skip(1)
                .Select(static section => section.Split('\n', 2))
                .GroupBy(static section => section[0].Trim(), StringComparer.OrdinalIgnoreCase)
                .ToDictionary(static group => group.Key, static group => group.First().ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);
            problems.AddRange(s_pageSections
                .Where(name => !sections.Any(section => section.Key.StartsWith(name, StringComparison.OrdinalIgnoreCase) && section.Value.Trim().Length > 3))
                .Select(name => $"{rule.Descriptor.Id}: no section '{name}', or an empty one"));
            problems.AddRange(rule.Weaknesses.Take(1).Where(tag => !page.Contains(tag, StringComparison.Ordinal)).Select(tag => $"{rule.Descriptor.Id}: the page does not name {tag}"));
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Tests_ExistForEveryRule()
    {
        string[] files = [.. Directory.GetFiles(s_repository.Path("tests", "Analyzers.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

        Assert.Empty(Without(rule => files.Any(file => Path.GetFileName(file).StartsWith(rule.Descriptor.Id + "_", StringComparison.Ordinal))
            || (rule.Descriptor.Category == OwnCategory && files.Any(file => File.ReadAllText(file).Contains(rule.Descriptor.Id, StringComparison.Ordinal)))));
    }

    [Fact]
    public void Fixes_HaveTestsAndFixAll()
    {
        var problems = new List<string>();
        // Rewrites that an exported provider offers as its own.
        var inner = new List<Type>();
        Type[] fixes = [.. Assembly.Load("SecurityToolchain.CodeFixes").GetTypes().Where(static type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))];
        string tests = string.Concat(Directory.GetFiles(s_repository.Path("tests", "Analyzers.Tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        string sources = string.Concat(Directory.GetFiles(s_repository.Path("src", "CodeFixes"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (Type type in fixes)
        {
            var fix = (CodeFixProvider)Activator.CreateInstance(type)!;
            if (fix.GetFixAllProvider() is null || fix.GetFixAllProvider() == WellKnownFixAllProviders.BatchFixer)
                problems.Add(type.Name + " has no fix-all provider that works in 'dotnet format'; use ProjectWideFixAll");
            if (type.GetCustomAttribute<ExportCodeFixProviderAttribute>() is null && !sources.Contains($"new {type.Name}(", StringComparison.Ordinal))
                problems.Add(type.Name + " is not exported, and no exported fix offers it, so no editor finds it");
            if (!tests.Contains(type.Name, StringComparison.Ordinal))
                problems.Add(type.Name + " is in no test");
            if (type.GetCustomAttribute<ExportCodeFixProviderAttribute>() is null)
                inner.Add(type);
            problems.AddRange(fix.FixableDiagnosticIds
                .Where(static id => id.StartsWith("STC", StringComparison.Ordinal) && s_rules.All(rule => rule.Descriptor.Id != id))
                .Select(id => $"{type.Name} names {id}, which is not in the catalogue"));
        }

        problems.AddRange(fixes.Except(inner).SelectMany(static type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds)
            .GroupBy(static id => id).Where(static group => group.Count() > 1)
            .Select(static group => $"{group.Key} has several exported fixes, of which 'dotnet format' applies only one"));
        Assert.NotEmpty(fixes);
        Assert.Empty(problems);
    }

    [Fact]
    public void RulesWithoutFix_SayWhyOnTheirPage() => Assert.Empty(Without(static rule =>
        rule.HasFix || rule.Descriptor.Category == OwnCategory || NoFix().IsMatch(File.ReadAllText(PagePath(rule)))));

    [Fact]
    public void ReleaseFiles_ListEveryRuleWithItsCategoryAndSeverity()
    {
        string folder = s_repository.Path("src", "Analyzers");
        string[] lines = [.. Directory.GetFiles(folder, "AnalyzerReleases.*.md").SelectMany(File.ReadAllLines)];

        Assert.Empty(Without(rule => lines.Any(line => line.Split('|', StringSplitOptions.TrimEntries) is [var id, var category, var severity, ..]
            && id == rule.Descriptor.Id
            && category == rule.Descriptor.Category
            && severity == (rule.Descriptor.IsEnabledByDefault ? rule.Descriptor.DefaultSeverity.ToString() : "Disabled"))));
    }

    [Fact]
    public void InsecureShop_MarksALineForEveryRule()
    {
        string shop = string.Concat(SampleFiles("InsecureShop").Select(File.ReadAllText));

        Assert.Empty(Without(rule => rule.Descriptor.Category == OwnCategory || Regex.IsMatch(shop, $@"\bexpect\b[^\n]*\b{rule.Descriptor.Id}\b")));
    }

    [Fact]
    public void RuleTable_IsWhatTheToolWrites() =>
        Assert.True(RuleTable.IsCurrent(s_repository), "docs/rules/README.md differs from the catalogue; run 'dotnet run --project eng/RuleTool -- docs'.");

    [Fact]
    public void Analyzers_SupportExactlyTheCatalogue()
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers =
        [
            .. typeof(RuleCatalogue).Assembly.GetTypes()
                .Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
                .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];
        string[] supported = [.. analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static descriptor => descriptor.Id).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(s_rules.Select(static rule => rule.Descriptor.Id), supported);
    }

    private static IEnumerable<string> Without(Func<CatalogueRule, bool> hasPart) =>
        s_rules.Where(rule => !hasPart(rule)).Select(static rule => rule.Descriptor.Id);

    private static string PagePath(CatalogueRule rule) => s_repository.Path("docs", "rules", rule.Descriptor.Id + ".md");

    private static IEnumerable<string> SampleFiles(string sample) =>
        Directory.EnumerateFiles(s_repository.Path("samples", sample), "*", SearchOption.AllDirectories)
            .Where(static file => !Path.GetRelativePath(s_repository.Root, file).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"));

    [GeneratedRegex("^CWE-[0-9]+$")]
    private static partial Regex CweTag();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)+$|^[a-z]{3,}$")]
    private static partial Regex KebabCase();

    [GeneratedRegex("no (automatic |code |quick )?fix", RegexOptions.IgnoreCase)]
    private static partial Regex NoFix();
}
