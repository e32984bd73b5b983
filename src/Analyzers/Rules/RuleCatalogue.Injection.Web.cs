using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>Input in what goes to browsers, servers and logs.</summary>
internal static partial class RuleCatalogue
{
    /// <summary>STC1011: cross-site scripting.</summary>
    public static readonly DiagnosticDescriptor CrossSiteScripting = Create(
        id: "STC1011",
        title: "Cross-site scripting",
        messageFormat: "Input from {0} is written as markup by {1}; encode it",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "xss",
        cwes: [79, 116],
        precision: Precision.High,
        description: "Text that comes from outside the program reaches a browser as markup or script without encoding.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1012: open redirect.</summary>
    public static readonly DiagnosticDescriptor OpenRedirect = Create(
        id: "STC1012",
        title: "Open redirect",
        messageFormat: "Input from {0} decides where {1} sends the browser; allow local URLs only",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "open-redirect",
        cwes: [601],
        precision: Precision.VeryHigh,
        description: "Text that comes from outside the program decides the target of a redirect, which phishing uses.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1013: server-side request forgery.</summary>
    public static readonly DiagnosticDescriptor ServerSideRequestForgery = Create(
        id: "STC1013",
        title: "Server-side request forgery",
        messageFormat: "Input from {0} decides the {2} that {1} talks to; {3}",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "ssrf",
        cwes: [918],
        precision: Precision.High,
        description: "Text that comes from outside the program decides the host of a request that the server sends, which reaches internal services.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1014: header injection.</summary>
    public static readonly DiagnosticDescriptor HeaderInjection = Create(
        id: "STC1014",
        title: "Header injection",
        messageFormat: "Input from {0} becomes part of the header in {1}; remove line breaks",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "header-injection",
        cwes: [113, 93],
        precision: Precision.High,
        description: "Text that comes from outside the program becomes part of a header of a response or mail; a line break in it starts another header.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1015: log forging.</summary>
    public static readonly DiagnosticDescriptor LogForging = Create(
        id: "STC1015",
        title: "Log forging",
        messageFormat: "Input from {0} becomes part of the message template of {1}; pass it as an argument",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "log-forging",
        cwes: [117],
        precision: Precision.High,
        description: "Text that comes from outside the program is part of a log message's template, so that line breaks and braces in it forge entries.",
        reportedAtCompilationEnd: true);
}
