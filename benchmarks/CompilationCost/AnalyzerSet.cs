using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.CompilationCost;

/// <summary>A product's analyzers with exactly its security rules switched on.</summary>
/// <param name="Name">How the product is called in the table.</param>
/// <param name="Analyzers">The analyzers that support at least one of the rules.</param>
/// <param name="Severities">Every descriptor's setting: warning for the rules, suppressed for the rest.</param>
/// <param name="AdditionalFiles">Configuration that the product reads from an additional file.</param>
/// <param name="Files">The product's assemblies.</param>
internal sealed record AnalyzerSet(
    string Name,
    ImmutableArray<DiagnosticAnalyzer> Analyzers,
    ImmutableDictionary<string, ReportDiagnostic> Severities,
    ImmutableArray<AdditionalText> AdditionalFiles,
    ImmutableArray<string> Files)
{
    // Sonar's rules that report a vulnerability or a security hotspot, without its quality rules.
    private static readonly ImmutableHashSet<string> s_sonarSecurity =
    [
        "S1313", "S2053", "S2068", "S2077", "S2092", "S2115", "S2245", "S2257", "S2612", "S2755", "S3329", "S3330", "S3884", "S4036",
        "S4211", "S4212", "S4347", "S4423", "S4426", "S4433", "S4502", "S4507", "S4790", "S4830", "S5122", "S5332", "S5344", "S5443",
        "S5445", "S5542", "S5547", "S5659", "S5693", "S5753", "S5766", "S5773", "S6377", "S6418", "S6444", "S6640", "S6781", "S6932",
        "S6967", "S7039",
    ];

    public static AnalyzerSet Nothing { get; } = new("compiler alone", [], ImmutableDictionary<string, ReportDiagnostic>.Empty, [], []);

    public static AnalyzerSet Ours() => Load("SecurityToolchain", Folder("OursFolder"), static id => id.StartsWith("STC", StringComparison.Ordinal), []);

    public static AnalyzerSet Sonar()
    {
        // Sonar's hotspots are silent until this file names them.
        string rules = string.Concat(s_sonarSecurity.Order(StringComparer.Ordinal).Select(static id => $"<Rule><Key>{id}</Key></Rule>"));
        AdditionalText file = new XmlText(Path.Combine(Path.GetTempPath(), "SonarLint.xml"), $"<?xml version=\"1.0\"?><AnalysisInput><Rules>{rules}</Rules></AnalysisInput>");
        return Load("SonarAnalyzer.CSharp", Folder("SonarFolder"), s_sonarSecurity.Contains, [file]);
    }

    public static AnalyzerSet NetAnalyzers() => Load(
        "NetAnalyzers",
        Folder("NetAnalyzersFolder"),
        static id => id == "CA2100" || id.StartsWith("CA3", StringComparison.Ordinal) || id.StartsWith("CA5", StringComparison.Ordinal),
        []);

    private static string Folder(string name) => typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == name).Value!;

    private static AnalyzerSet Load(string name, string folder, Func<string, bool> isWanted, ImmutableArray<AdditionalText> files)
    {
        var loader = new FolderAssemblyLoader(name, folder);
        ImmutableArray<string> assemblies = [.. Directory.GetFiles(folder, "*.dll", SearchOption.TopDirectoryOnly)];
        DiagnosticAnalyzer[] all =
        [
            .. assemblies
                .SelectMany(path => new AnalyzerFileReference(path, loader).GetAnalyzers(LanguageNames.CSharp)),
        ];
        ImmutableArray<DiagnosticAnalyzer> wanted = [.. all.Where(analyzer => analyzer.SupportedDiagnostics.Any(descriptor => isWanted(descriptor.Id)))];
        if (wanted.IsEmpty)
            throw new InvalidOperationException($"'{folder}' holds no analyzer with a security rule.");
        var severities = wanted.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static descriptor => descriptor.Id).Distinct()
            .ToImmutableDictionary(static id => id, id => isWanted(id) ? ReportDiagnostic.Warn : ReportDiagnostic.Suppress);
        return new AnalyzerSet(name, wanted, severities, files, assemblies);
    }
}
