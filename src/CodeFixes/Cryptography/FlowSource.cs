using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Finds the expressions of a flow's steps that lie in the file being fixed.</summary>
internal static class FlowSource
{
    /// <summary>The expressions at the diagnostic's additional locations and at its own, in that order.</summary>
    public static IEnumerable<ExpressionSyntax> Steps(CompilationUnitSyntax root, Diagnostic diagnostic)
    {
        foreach (Location location in diagnostic.AdditionalLocations)
        {
            if (location.SourceTree == root.SyntaxTree && At(root, location) is { } step)
                yield return step;
        }

        if (diagnostic.Location.SourceTree == root.SyntaxTree && At(root, diagnostic.Location) is { } sink)
            yield return sink;
    }

    private static ExpressionSyntax? At(CompilationUnitSyntax root, Location location) =>
        root.FullSpan.Contains(location.SourceSpan) ? root.FindNode(location.SourceSpan, getInnermostNodeForTie: true) as ExpressionSyntax : null;
}
