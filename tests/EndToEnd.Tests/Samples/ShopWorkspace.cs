using System.Text.RegularExpressions;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.EndToEnd.Tests.Samples;

/// <summary>A copy of a sample shop that builds with the packed packages.</summary>
public sealed partial class ShopWorkspace : IDisposable
{
    private static readonly Repository s_repository = Repository.Find();

    /// <summary>Copies the shop.</summary>
    /// <param name="feed">The packed packages.</param>
    /// <param name="shop">The folder below samples.</param>
    public ShopWorkspace(PackedFeed feed, string shop)
    {
        ArgumentNullException.ThrowIfNull(feed);
        Shop = shop;
        Workspace = new TestWorkspace(feed.Folder);
        foreach (string file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", ".editorconfig" })
            Workspace.Write(file, File.ReadAllText(s_repository.Path("samples", file)));
        Workspace.WriteGatePolicy(feed);
        string source = s_repository.Path("samples", shop);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(source, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
                Workspace.Write(Path.Combine(shop, relative), File.ReadAllText(file));
        }
    }

    /// <summary>The name of the shop, its folder and its project.</summary>
    public string Shop { get; }

    /// <summary>The folder.</summary>
    public TestWorkspace Workspace { get; }

    /// <summary>Builds and reads the findings: file, line and id of each, in order.</summary>
    public async Task<IReadOnlyList<string>> BuildAsync()
    {
        string sarif = Workspace.PathOf(Shop + ".sarif");
        (await Workspace.DotNetAsync("build", Shop, "-v", "q", "--nologo", "--no-incremental", $"-p:ErrorLog={sarif}%2Cversion=2.1")).ShouldSucceed();
        return
        [
            .. SarifLog.Read(sarif).Findings
                .Where(static finding => finding.RuleId.StartsWith("STC", StringComparison.Ordinal))
                .Select(finding => Describe(Path.GetRelativePath(Workspace.PathOf(Shop), finding.File), finding.Line, finding.RuleId))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What the comments of the shop say: <c>expect STC1001, STC1023</c> on the line of the finding.</summary>
    public IReadOnlyList<string> Expected()
    {
        var expected = new List<string>();
        foreach (string file in Directory.EnumerateFiles(Workspace.PathOf(Shop), "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Workspace.PathOf(Shop), file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
                continue;
            string[] lines = File.ReadAllLines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                Match mark = Mark().Match(lines[i]);
                if (mark.Success)
                    expected.AddRange(mark.Groups[1].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(id => Describe(relative, i + 1, id)));
            }
        }

        return [.. expected.Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose() => Workspace.Dispose();

    private static string Describe(string file, int line, string id) => FormattableString.Invariant($"{file.Replace('\\', '/')}:{line} {id}");

    [GeneratedRegex(@"\bexpect\s+(STC\d{4}(?:[\s,]+STC\d{4})*)")]
    private static partial Regex Mark();
}
