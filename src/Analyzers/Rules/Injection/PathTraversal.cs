using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-22: input as a path.</summary>
internal static class PathTraversal
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.PathTraversal, SourceKinds.Untrusted, SinkKinds.Path)
    {
        // The name of an archive entry has a rule of its own.
        Excludes = SourceKinds.ArchiveEntryName,
    };
}
