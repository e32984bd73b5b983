using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-1426: what a chat model says reaches something that acts on it. Off by default.</summary>
internal static class ChatModelOutput
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(
        RuleCatalogue.ChatModelOutput,
        SourceKinds.ChatModelOutput,
        SinkKinds.Sql | SinkKinds.NoSql | SinkKinds.Command | SinkKinds.Path | SinkKinds.Code | SinkKinds.Template | SinkKinds.Html | SinkKinds.RequestHost | SinkKinds.TypeName | SinkKinds.LibraryPath);
}
