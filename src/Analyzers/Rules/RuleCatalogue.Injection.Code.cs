using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>Input that decides what the program itself does.</summary>
internal static partial class RuleCatalogue
{
    /// <summary>STC1016: code injection.</summary>
    public static readonly DiagnosticDescriptor CodeInjection = Create(
        id: "STC1016",
        title: "Code injection",
        messageFormat: "Input from {0} is run as code by {1}; keep the code constant and pass values",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "code-injection",
        cwes: [94, 95, 1336],
        precision: Precision.VeryHigh,
        description: "Text that comes from outside the program is compiled, interpreted or rendered as a template.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1017: reflection or library loading with input.</summary>
    public static readonly DiagnosticDescriptor ReflectionInjection = Create(
        id: "STC1017",
        title: "Reflection or library loading with input",
        messageFormat: "Input from {0} decides what {1} finds or loads; choose from a fixed set",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "reflection-injection",
        cwes: [470, 114],
        precision: Precision.High,
        description: "Text that comes from outside the program decides a type, method or library by name.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1018: regular expression injection.</summary>
    public static readonly DiagnosticDescriptor RegexInjection = Create(
        id: "STC1018",
        title: "Regular expression injection",
        messageFormat: "Input from {0} becomes part of the pattern in {1}; use Regex.Escape",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "regex-injection",
        cwes: [1333, 625],
        precision: Precision.High,
        description: "Text that comes from outside the program becomes part of a regular expression, which can take exponential time.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1019: format string, connection string or setting from input.</summary>
    public static readonly DiagnosticDescriptor ResourceOrFormatInjection = Create(
        id: "STC1019",
        title: "Format string, connection string or setting from input",
        messageFormat: "Input from {0} decides the format, connection or setting in {1}; keep it constant and pass values",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "resource-or-format-injection",
        cwes: [99, 454, 134],
        precision: Precision.High,
        description: "Text that comes from outside the program becomes a composite format, a part of a connection string or the name of a setting.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1020: mass assignment.</summary>
    public static readonly DiagnosticDescriptor MassAssignment = Create(
        id: "STC1020",
        title: "Mass assignment",
        messageFormat: "The {0} is bound whole from the request and stored by {1}; bind a type that has only the members a client may set",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "mass-assignment",
        cwes: [915],
        precision: Precision.High,
        description: "An entity that the framework fills from the request is stored, so that a client can set members that it should not.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1021: the client decides about its own rights.</summary>
    public static readonly DiagnosticDescriptor UntrustedSecurityDecision = Create(
        id: "STC1021",
        title: "The client decides about its own rights",
        messageFormat: "Security decision: {0}",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "untrusted-security-decision",
        cwes: [807, 384, 290],
        precision: Precision.High,
        description: "A branch that decides about rights relies on a cookie, header, field or name that any client can send, or a sign-in keeps the session from before.");

    /// <summary>STC1022: chat model output reaches a sensitive operation.</summary>
    public static readonly DiagnosticDescriptor ChatModelOutput = Create(
        id: "STC1022",
        title: "Chat model output reaches a sensitive operation",
        messageFormat: "{0} reaches {1}; {2}",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        family: "llm-output-to-sink",
        cwes: [1426, 1427],
        precision: Precision.Audit,
        description: "The answer or tool call of a chat model reaches a database, program, file, code or page, or input reaches its instructions.",
        reportedAtCompilationEnd: true);
}
