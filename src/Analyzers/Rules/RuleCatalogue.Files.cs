using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>Files and paths on the local machine: races, temporary files, permissions.</summary>
internal static partial class RuleCatalogue
{
    /// <summary>A file operation relies on an earlier check of the same path.</summary>
    public static readonly DiagnosticDescriptor FileToctou = Create(
        id: "STC5001",
        title: "File operation relies on an earlier check of its path",
        messageFormat: "'{0}' acts on a path that '{1}' checked before; what the path names can change in between",
        category: "Files",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "file-toctou",
        cwes: [367, 363],
        precision: Precision.High,
        description: "An existence, attribute or permission check decides whether a file is created, opened, written, deleted, moved or copied. "
            + "Another process can change what the path names between the two. Let the operation itself decide: exclusive creation, overwrite "
            + "flags, or an exception that is handled.");

    /// <summary>Temporary files that others can guess or open.</summary>
    public static readonly DiagnosticDescriptor InsecureTempFile = Create(
        id: "STC5002",
        title: "Temporary file has a name that others can guess",
        messageFormat: "Insecure temporary file: {0}",
        category: "Files",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "insecure-temp-file",
        cwes: [377, 379],
        precision: Precision.High,
        description: "A file is written under a fixed or guessable name in the directory for temporary files, which every user of the machine may write to, or "
            + "made by Path.GetTempFileName.");

    /// <summary>Permissions for everybody.</summary>
    public static readonly DiagnosticDescriptor WorldWritablePermissions = Create(
        id: "STC5003",
        title: "Everybody may write",
        messageFormat: "Permissions for everybody: {0}",
        category: "Files",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "world-writable-permissions",
        cwes: [732, 276],
        precision: Precision.VeryHigh,
        description: "A file mode lets other users write or runs with the owner's rights, or an access rule grants everyone more than reading.");
}
