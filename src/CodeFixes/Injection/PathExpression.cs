using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Cryptography;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Finds where a path was put together.</summary>
internal static class PathExpression
{
    /// <summary>The sink, or the last step of the flow in this file that joins parts to a path.</summary>
    public static ExpressionSyntax Find(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (Joins(sink, model) is { } atSink)
            return atSink;
        foreach (ExpressionSyntax step in FlowSource.Steps(root, diagnostic).Reverse())
        {
            foreach (ExpressionSyntax inner in step.AncestorsAndSelf().TakeWhile(static node => node is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax or InterpolationSyntax).OfType<ExpressionSyntax>())
            {
                if (Joins(inner, model) is { } joined)
                    return joined;
            }
        }

        if (model.GetSymbolInfo(sink).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] } && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value } && Joins(value, model) is { } declared)
            return declared;
        return sink;
    }

    /// <summary>Whether a call is Path.Combine with two parts or more.</summary>
    public static bool IsCombine(InvocationExpressionSyntax call, SemanticModel model) =>
        call.ArgumentList.Arguments.Count >= 2 && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Combine" or "Join", ContainingType: { Name: "Path", ContainingNamespace.Name: "IO" } }
        && call.ArgumentList.Arguments.All(static argument => argument.NameColon is null);

    private static ExpressionSyntax? Joins(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        InvocationExpressionSyntax call when IsCombine(call, model) => call,
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var inner }] } call when model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "GetFullPath", ContainingType.Name: "Path" } => Joins(inner, model),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or InterpolatedStringExpressionSyntax when model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_String => expression,
        _ => null,
    };
}
