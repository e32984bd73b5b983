using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-470 and CWE-114: input as the name of a type or library.</summary>
internal static class ReflectionInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.ReflectionInjection, SourceKinds.Untrusted, SinkKinds.TypeName | SinkKinds.LibraryPath);
}
