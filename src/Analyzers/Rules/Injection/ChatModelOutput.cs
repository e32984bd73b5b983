using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-1426 and CWE-1427: what a chat model says reaches something that acts on it, or input reaches its instructions. Off by default.</summary>
internal static class ChatModelOutput
{
    /// <summary>Answers and tool calls that something acts on.</summary>
    public static readonly TaintRule Rule = new(
        RuleCatalogue.ChatModelOutput,
        SourceKinds.ChatModelOutput,
        SinkKinds.Sql | SinkKinds.NoSql | SinkKinds.Command | SinkKinds.Path | SinkKinds.Code | SinkKinds.Template | SinkKinds.Html | SinkKinds.RequestHost | SinkKinds.TypeName | SinkKinds.LibraryPath)
    {
        MessageArguments = static flow => ["Output of a " + flow.SourceText, flow.SinkText, "treat it as input of an unknown person"],
    };

    /// <summary>Input in the instructions of the model.</summary>
    public static readonly TaintRule Prompt = new(RuleCatalogue.ChatModelOutput, SourceKinds.Untrusted, SinkKinds.Prompt)
    {
        MessageArguments = static flow => ["Input from " + flow.SourceText, "the instructions in " + flow.SinkText, "pass it as a user message"],
    };
}
