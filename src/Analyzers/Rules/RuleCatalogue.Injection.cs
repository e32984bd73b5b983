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

    /// <summary>STC1002: NoSQL injection.</summary>
    public static readonly DiagnosticDescriptor NoSqlInjection = Create(
        id: "STC1002",
        title: "NoSQL injection",
        messageFormat: "Input from {0} becomes part of the query text of {1}; pass it as a parameter or build the query with the driver's builders",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "nosql-injection",
        cwes: [943],
        precision: Precision.High,
        description: "Text that comes from outside the program becomes part of a query of a document, key-value, graph or search store.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1003: command injection.</summary>
    public static readonly DiagnosticDescriptor CommandInjection = Create(
        id: "STC1003",
        title: "Command injection",
        messageFormat: "Input from {0} decides what {1} runs; keep the program constant and pass arguments through ArgumentList",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "command-injection",
        cwes: [78, 88],
        precision: Precision.High,
        description: "Text that comes from outside the program becomes a program name, a command line or an argument that a shell interprets.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1004: program or library by its bare name.</summary>
    public static readonly DiagnosticDescriptor ExecutableSearchPath = Create(
        id: "STC1004",
        title: "Program or library is searched by name",
        messageFormat: "Search path: {0}",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "executable-search-path",
        cwes: [426, 427],
        precision: Precision.High,
        description: "A program or library is started or loaded by its bare name, so that a file of that name in the current folder or in a folder of the search path runs instead.");

    /// <summary>STC1005: path traversal.</summary>
    public static readonly DiagnosticDescriptor PathTraversal = Create(
        id: "STC1005",
        title: "Path traversal",
        messageFormat: "Input from {0} decides the path in {1}; take its file name only, or check that the full path lies under a root",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "path-traversal",
        cwes: [22, 23, 36, 73],
        precision: Precision.High,
        description: "Text that comes from outside the program becomes a file system path without a check that the path stays in its folder.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1006: path check that does not hold.</summary>
    public static readonly DiagnosticDescriptor BrokenPathCheck = Create(
        id: "STC1006",
        title: "Path check that does not hold",
        messageFormat: "The path check can be passed: {0}",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "broken-path-check",
        cwes: [22, 180, 187],
        precision: Precision.High,
        description: "A check that is meant to keep a path under a folder lets other paths pass.");

    /// <summary>STC1007: archive entry leaves the target folder.</summary>
    public static readonly DiagnosticDescriptor ZipSlip = Create(
        id: "STC1007",
        title: "Archive entry leaves the target folder",
        messageFormat: "The {0} decides the path in {1}; check that the full path lies under the target folder",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "zip-slip",
        cwes: [22],
        precision: Precision.VeryHigh,
        description: "The name of an archive entry is used as a path without a check, so that an archive can write anywhere.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1008: LDAP injection.</summary>
    public static readonly DiagnosticDescriptor LdapInjection = Create(
        id: "STC1008",
        title: "LDAP injection",
        messageFormat: "Input from {0} becomes part of the LDAP filter or name in {1}; escape it (RFC 4515, RFC 4514)",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "ldap-injection",
        cwes: [90],
        precision: Precision.VeryHigh,
        description: "Text that comes from outside the program becomes part of an LDAP filter or distinguished name without escaping.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1009: XPath or XML injection.</summary>
    public static readonly DiagnosticDescriptor XPathOrXmlInjection = Create(
        id: "STC1009",
        title: "XPath or XML injection",
        messageFormat: "Input from {0} becomes part of the expression or markup in {1}; use a variable, or an API that writes values",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "xpath-or-xml-injection",
        cwes: [643, 91],
        precision: Precision.VeryHigh,
        description: "Text that comes from outside the program becomes part of an XPath expression or of XML markup.",
        reportedAtCompilationEnd: true);

    /// <summary>STC1010: XML external entities.</summary>
    public static readonly DiagnosticDescriptor XmlExternalEntities = Create(
        id: "STC1010",
        title: "XML parser reads what documents name",
        messageFormat: "With {0}, {1} lets a document read files, send requests or expand without limit; prohibit DTDs and set no resolver",
        category: Injection,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "xxe",
        cwes: [611, 776, 827],
        precision: Precision.High,
        description: "An XML parser or style sheet processor is set so that documents can name external entities, scripts or entities that expand without limit.",
        reportedAtCompilationEnd: true);

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
        description: "A SQL command is put together from parts that are neither constant nor checked against a fixed set. Parameters keep values out of the command's text.",
        reportedAtCompilationEnd: true);
}
