using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

internal static partial class RuleCatalogue
{
    private const string Injection = "Injection";

    /// <summary>STC1001: input reaches the text of a SQL command.</summary>
    public static readonly DiagnosticDescriptor SqlInjection = Create(
        id: "STC1001",
        title: "SQL injection",
        messageFormat: "Input from {0} becomes part of the SQL text of {1}; pass it as a parameter",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "sql-injection",
        cwes: [89],
        precision: Precision.VeryHigh,
        description: "Text that comes from outside the program becomes part of a SQL command, so that whoever sends it decides what the database does.",
        reportedAtCompilationEnd: true);

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
