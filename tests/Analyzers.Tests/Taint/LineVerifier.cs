using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>
/// Verifies the product's flow rules on programs of many lines: a line that ends in <c>// finds STC1005</c> has a finding of that rule, and no other
/// line has one of a rule that the test names.
/// </summary>
internal static partial class LineVerifier
{
    private const string Usings = """
        using System; using System.Collections.Generic; using System.Diagnostics; using System.IO; using System.IO.Compression; using System.Linq; using System.Net; using System.Net.Http;
        using System.Text; using System.Text.RegularExpressions; using System.Threading; using System.Threading.Tasks; using System.Security.Cryptography; using System.Xml;

        """;

    private const string CoreUsings = """
        using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Http; using Microsoft.AspNetCore.Mvc; using Microsoft.Extensions.Logging; using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore; using Dapper; using System.Text.Json;

        """;

    private static readonly Lazy<MetadataReference[]> s_framework = new(static () => Files("FrameworkReferences"));
    private static readonly Lazy<MetadataReference[]> s_model = new(static () => [.. TestReferences.All, .. Files("ModelReferences")]);

    /// <summary>The references of the test process and the libraries that only the model speaks about.</summary>
    public static IReadOnlyList<MetadataReference> WithLibraries => s_model.Value;

    /// <summary>Verifies type declarations or, with an entry point, a program.</summary>
    /// <param name="ids">The rules that count, separated by spaces.</param>
    /// <param name="source">The marked source; lines may begin with whatever the usings of the product's samples give.</param>
    /// <param name="threatModels">The value of the option; null leaves the default.</param>
    /// <param name="kind">The kind of output.</param>
    public static Task VerifyAsync(string ids, string source, string? threatModels = null, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        VerifyAsync<TaintAnalyzer>(ids, Usings + CoreUsings + source, threatModels, kind, null);

    /// <summary>Verifies members of an ASP.NET Core controller.</summary>
    public static Task VerifyActionsAsync(string ids, string members, string? threatModels = null) =>
        VerifyAsync(ids, "public class HomeController : Controller\n{\n" + members + "\n}\n", threatModels);

    /// <summary>Verifies a source that also sees the libraries which only the model speaks about.</summary>
    public static Task VerifyWithLibrariesAsync(string ids, string source, string? threatModels = null) =>
        VerifyAsync<TaintAnalyzer>(ids, Usings + CoreUsings + source, threatModels, OutputKind.DynamicallyLinkedLibrary, s_model.Value);

    /// <summary>Verifies a source against .NET Framework 4.7.2.</summary>
    public static Task VerifyFrameworkAsync(string ids, string source, string? threatModels = null) =>
        VerifyAsync<TaintAnalyzer>(ids, Usings + source, threatModels, OutputKind.DynamicallyLinkedLibrary, s_framework.Value);

    /// <summary>Verifies another analyzer.</summary>
    public static Task VerifyRuleAsync<TAnalyzer>(string ids, string source, bool isFramework = false)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        VerifyAsync<TAnalyzer>(ids, Usings + (isFramework ? "" : CoreUsings) + source, null, OutputKind.DynamicallyLinkedLibrary, isFramework ? s_framework.Value : null);

    private static async Task VerifyAsync<TAnalyzer>(string ids, string source, string? threatModels, OutputKind kind, IReadOnlyList<MetadataReference>? references)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        string[] wanted = ids.Split(' ');
        VerifierOptions options = VerifierOptions.Default with { Ids = wanted, OutputKind = kind, References = references };
        if (threatModels is not null)
            options = options with { AnalyzerConfig = new Dictionary<string, string> { ["security_toolchain.threat_models"] = threatModels } };
        IReadOnlyList<Diagnostic> found = await Verifier.FindAsync<TAnalyzer>(source, options);

        string[] lines = source.Split('\n');
        var problems = new List<string>();
        for (int line = 0; line < lines.Length; line++)
        {
            string[] expected = [.. Mark().Match(lines[line]) is { Success: true } mark ? mark.Groups[1].Value.Split(' ') : []];
            string[] actual = [.. found.Where(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line == line).Select(static diagnostic => diagnostic.Id).Distinct()];
            problems.AddRange(expected.Except(actual).Select(id => $"missing {id}: {lines[line].Trim()}"));
            problems.AddRange(actual.Except(expected).Select(id => $"unexpected {id}: {lines[line].Trim()}"));
            problems.AddRange(expected.Except(wanted).Select(id => $"the test does not name {id}: {lines[line].Trim()}"));
        }

        if (problems.Count > 0)
            throw new VerificationException(string.Join('\n', problems));
    }

    private static MetadataReference[] Files(string name)
    {
        string folder = typeof(LineVerifier).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == name).Value!;
        var present = TestReferences.All.Select(static reference => Path.GetFileName(reference.Display)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. Directory.GetFiles(folder, "*.dll")
                // Mixed assemblies that the compiler cannot read, and what the test process has in its own version.
                .Where(static file => !Path.GetFileName(file).StartsWith("System.EnterpriseServices", StringComparison.Ordinal))
                .Where(file => name != "ModelReferences" || !present.Contains(Path.GetFileName(file)))
                .Where(static file => IsManaged(file))
                .Select(static file => (MetadataReference)MetadataReference.CreateFromFile(file)),
        ];
    }

    private static bool IsManaged(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return image.HasMetadata;
    }

    [GeneratedRegex(@"// finds ((?:STC[0-9]{4} ?)+)\s*$")]
    private static partial Regex Mark();
}
