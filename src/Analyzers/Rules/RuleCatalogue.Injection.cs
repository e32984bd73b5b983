using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

internal static partial class RuleCatalogue
{
    private const string Injection = "Injection";

    /// <summary>STC1023: the text of a SQL command is not provably constant.</summary>
    public static readonly DiagnosticDescriptor SqlNotConstant = Create(
        id: "STC1023",
        title: "SQL text is not constant",
        messageFormat: "The SQL text of {0} contains '{1}', which is not constant; pass it as a parameter, or check it against a fixed list of names",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "sql-injection",
        cwes: [89],
        precision: Precision.High,
        description: "A SQL command is put together from parts that are neither constant nor checked against a fixed set. Parameters keep values out of the command's text.");
}
