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
