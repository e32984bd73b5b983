using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SecurityToolchain.Testing;

/// <summary>What a verification compiles beside the test's own source.</summary>
public sealed record VerifierOptions
{
    /// <summary>The defaults: a library, latest language version, every assembly of the test process as reference.</summary>
    public static VerifierOptions Default { get; } = new();

    /// <summary>Further marked sources by file name.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>Marked additional files by path; expectations in them are checked too.</summary>
    public IReadOnlyDictionary<string, string> AdditionalFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Analyzer options as an .editorconfig or global config would give them.</summary>
    public IReadOnlyDictionary<string, string> AnalyzerConfig { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of the file that holds the main source.</summary>
    public string FileName { get; init; } = "Test0.cs";

    /// <summary>The kind of output; a program lets the source have top-level statements.</summary>
    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>The language version of all sources.</summary>
    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    /// <summary>Only findings with these ids are compared; empty means all of the analyzer.</summary>
    public IReadOnlyCollection<string> Ids { get; init; } = [];

    /// <summary>Which of several offered code actions is applied, by equivalence key; null takes the first.</summary>
    public string? CodeActionKey { get; init; }

    /// <summary>References instead of the assemblies of the test process.</summary>
    public IReadOnlyList<MetadataReference>? References { get; init; }
}
