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
}
