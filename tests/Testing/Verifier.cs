using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.Testing;

/// <summary>Compares an analyzer's findings with the marks in a source (see <see cref="Markup"/>).</summary>
public static class Verifier
{
    /// <summary>Fails unless the analyzer finds what is marked, and nothing else.</summary>
    /// <param name="marked">A compiling C# source with marks.</param>
    /// <param name="options">What is compiled beside it.</param>
    /// <returns>The findings in source order, for tests that look at messages or severities.</returns>
    /// <exception cref="VerificationException">The source does not compile, the analyzer threw, or findings and marks differ.</exception>
    public static Task<ImmutableArray<Diagnostic>> VerifyAsync<TAnalyzer>(string marked, VerifierOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new() => VerifyAsync(new TAnalyzer(), marked, options ?? VerifierOptions.Default);

    /// <summary>The same for an analyzer that is a parameter of a test.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="marked">A compiling C# source with marks.</param>
    /// <param name="options">What is compiled beside it.</param>
    /// <exception cref="VerificationException">The source does not compile, the analyzer threw, or findings and marks differ.</exception>
    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(DiagnosticAnalyzer analyzer, string marked, VerifierOptions options)
    {
        var sources = Parse(options.Sources).Prepend((options.FileName, Markup.Parse(marked))).ToArray();
        var files = Parse(options.AdditionalFiles).ToArray();

        using var workspace = new AdhocWorkspace();
        Project project = TestProject.Create(workspace, options, sources.Select(static source => (source.Item1, source.Item2.Text)));
        ImmutableArray<Diagnostic> found = await TestProject.AnalyzeAsync(
            project, analyzer, options, files.Select(static file => (file.Item1, file.Item2.Text))).ConfigureAwait(false);

        Compare([.. sources, .. files], found);
        return found;
    }

    /// <summary>The analyzer's findings in a source without marks.</summary>
    /// <exception cref="VerificationException">The source does not compile, or the analyzer threw.</exception>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync<TAnalyzer>(string source, VerifierOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        options ??= VerifierOptions.Default;
        using var workspace = new AdhocWorkspace();
        Project project = TestProject.Create(workspace, options, [(options.FileName, source)]);
        return await TestProject.AnalyzeAsync(project, new TAnalyzer(), options, []).ConfigureAwait(false);
    }

    private static IEnumerable<(string, Markup)> Parse(IReadOnlyDictionary<string, string> files) =>
        files.Select(static file => (file.Key, Markup.Parse(file.Value)));

    private static void Compare(IReadOnlyList<(string Name, Markup Markup)> files, ImmutableArray<Diagnostic> found)
    {
        var missing = new List<string>();
        var left = found.ToList();
        foreach ((string name, Markup markup) in files)
        {
            foreach (ExpectedSpan expected in markup.Diagnostics)
            {
                int index = left.FindIndex(diagnostic => IsIn(diagnostic.Location, name)
                    && diagnostic.Location.SourceSpan == expected.Span
                    && (expected.Id is null || expected.Id == diagnostic.Id));
                if (index >= 0)
                    left.RemoveAt(index);
                else
                    missing.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {expected.Id ?? "any"} {expected.Span} '{markup.Text.Substring(expected.Span.Start, expected.Span.Length)}'"));
            }

            foreach (var step in markup.FlowSteps)
            {
                if (!found.Any(diagnostic => diagnostic.AdditionalLocations.Any(location => IsIn(location, name) && location.SourceSpan == step)))
                    missing.Add(string.Create(CultureInfo.InvariantCulture, $"{name} flow step {step} '{markup.Text.Substring(step.Start, step.Length)}'"));
            }
        }

        if (missing.Count == 0 && left.Count == 0)
            return;
        var text = new StringBuilder();
        foreach (string line in missing)
            text.Append("missing: ").AppendLine(line);
        foreach (Diagnostic diagnostic in left)
            text.Append("unexpected: ").Append(diagnostic).Append(' ').Append(diagnostic.Location.SourceSpan).Append(" '").Append(TextAt(diagnostic.Location)).AppendLine("'");
        foreach (Diagnostic diagnostic in found)
        {
            foreach (Location location in diagnostic.AdditionalLocations)
                text.Append("  step of ").Append(diagnostic.Id).Append(": ").Append(location.GetLineSpan()).Append(" '").Append(TextAt(location)).AppendLine("'");
        }

        throw new VerificationException(text.ToString());
    }

    private static bool IsIn(Location location, string name)
    {
        string path = location.GetLineSpan().Path;
        return path == name || path == "/src/" + name;
    }

    private static string TextAt(Location location) => location.SourceTree?.GetText().ToString(location.SourceSpan) ?? string.Empty;
}
