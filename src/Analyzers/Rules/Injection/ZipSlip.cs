using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-22: the name of an archive entry as a path.</summary>
internal static class ZipSlip
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.ZipSlip, SourceKinds.ArchiveEntryName, SinkKinds.ArchivePath);
}
