using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Functions whose result cannot leave a folder.</summary>
internal static class PathSanitizers
{
    private const SinkKinds Paths = SinkKinds.Path | SinkKinds.ArchivePath | SinkKinds.ContainedPath;

    private const SinkKinds Hosts = SinkKinds.RequestHost | SinkKinds.RequestPath | SinkKinds.ConnectionHost;

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sanitizer> All = ImmutableArray.Create(
        // System.IO.Path reference: the last part of a path has no separators.
        Sanitizer.ReturnValue(Paths, "System.IO.Path", "GetFileName"),
        Sanitizer.ReturnValue(Paths, "System.IO.Path", "GetFileNameWithoutExtension"),
        Sanitizer.ReturnValue(Paths, "System.IO.Path", "GetExtension"),
        Sanitizer.ReturnValue(SinkKinds.All, "System.IO.Path", "GetRandomFileName"),
        Sanitizer.ReturnValue(Paths, "System.IO.FileInfo", "Name"),
        Sanitizer.ReturnValue(Paths, "System.IO.Compression.ZipArchiveEntry", "Name"),

        // A path under a folder is no URL of another host.
        Sanitizer.ReturnValue(Hosts, "System.IO.Path", "GetFullPath"),
        Sanitizer.ReturnValue(Hosts, "System.IO.Path", "Combine", when: BeginsWithFolder),
        Sanitizer.ReturnValue(Hosts, "System.IO.Path", "Join", when: BeginsWithFolder),

        // Characters that a file name must not have are taken out: separators among them.
        Sanitizer.ReturnValue(Paths, "System.String", "Join", when: SplitsAtInvalidCharacters),
        Sanitizer.ReturnValue(Paths, "System.String", "Concat", when: SplitsAtInvalidCharacters),
        Sanitizer.ReturnValue(Paths, "System.String", "Replace", when: ReplacesSeparator),

        // SecurityToolchain.Runtime reference: refuses whatever leaves the root.
        Sanitizer.ReturnValue(Paths, "SecurityToolchain.Runtime.Files.SafePath", "Combine"));

    private static bool BeginsWithFolder(IOperation call) =>
        call is IInvocationOperation { Arguments: [{ Value: var first }, _, ..] } && (first.ConstantValue.HasValue || first is IFieldReferenceOperation or IPropertyReferenceOperation or IInvocationOperation);

    private static bool SplitsAtInvalidCharacters(IOperation call) =>
        call.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(static one =>
            one.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Split" } && one.ArgumentList.ToString().IndexOf("GetInvalidFileNameChars", System.StringComparison.Ordinal) >= 0);

    /// <summary>Replacing each of the invalid characters in a loop: <c>foreach (char c in Path.GetInvalidFileNameChars()) name = name.Replace(c, '_');</c></summary>
    private static bool ReplacesSeparator(IOperation operation)
    {
        if (operation.Syntax is not InvocationExpressionSyntax { ArgumentList.Arguments: [var from, ..] } call)
            return false;
        string first = from.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToString", Expression: var character } }
            ? character.ToString()
            : from.Expression.ToString();
        return call.Ancestors().OfType<ForEachStatementSyntax>().Any(loop =>
            loop.Identifier.ValueText == first && loop.Expression.ToString().IndexOf("GetInvalidFileNameChars", System.StringComparison.Ordinal) >= 0);
    }
}
