using System.Text.RegularExpressions;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.EndToEnd.Tests.Engineering;

/// <summary>Scripts run the README's own commands, so their form is part of the product.</summary>
public sealed partial class ReadmeTests
{
    private static readonly Repository s_repository = Repository.Find();

    [Fact]
    public void QuickStart_HasOneBlockOfTwoCommands()
    {
        string readme = File.ReadAllText(s_repository.Path("README.md")).ReplaceLineEndings("\n");
        string section = readme.Split("\n## ").Single(static part => part.StartsWith("Quick start\n", StringComparison.Ordinal));
        MatchCollection blocks = CodeBlock().Matches(section);

        string[] commands = Assert.Single(blocks).Groups[1].Value.TrimEnd('\n').Split('\n');
        Assert.Equal(["dotnet run --project eng/Demo", "dotnet run --project eng/Test"], commands);
        Assert.All(commands, static command => Assert.True(Directory.Exists(s_repository.Path(command.Split(' ')[^1]))));
    }

    [Fact]
    public void Links_LeadToFiles()
    {
        var broken = new List<string>();
        foreach (string page in new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }.Select(static name => s_repository.Path(name))
            .Concat(Directory.EnumerateFiles(s_repository.Path("docs"), "*.md", SearchOption.AllDirectories)))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                string target = link.Groups[1].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
                    broken.Add($"{Path.GetRelativePath(s_repository.Root, page)}: {target}");
            }
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void Samples_UseTheVersionOfTheProduct()
    {
        string version = VersionElement().Match(File.ReadAllText(s_repository.Path("Directory.Build.props"))).Groups[1].Value;

        Assert.Contains($"<SecurityToolchainVersion>{version}</SecurityToolchainVersion>", File.ReadAllText(s_repository.Path("samples", "Directory.Packages.props")), StringComparison.Ordinal);
    }

    [GeneratedRegex("^```[^\n]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<Version>([^<]+)</Version>")]
    private static partial Regex VersionElement();
}
