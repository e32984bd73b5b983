using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>Names whose variables a piece of code may write: assigned, counted up, or handed to something that fills.</summary>
internal static class WrittenNames
{
    private static readonly HashSet<string> s_none = [];

    /// <summary>The names that a method's body writes; empty for methods of other assemblies.</summary>
    public static HashSet<string> In(IMethodSymbol method, CancellationToken cancellation) =>
        method.DeclaringSyntaxReferences.IsEmpty ? s_none : In(method.DeclaringSyntaxReferences[0].GetSyntax(cancellation));

    /// <summary>The names that a piece of code writes.</summary>
    public static HashSet<string> In(SyntaxNode code)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in code.DescendantNodes())
        {
            ExpressionSyntax? written = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } increment => increment.Operand,
                PostfixUnaryExpressionSyntax increment => increment.Operand,
                ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => argument.Expression,
                ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument when !NonceRefresh.IsReader(MethodName(call)) => argument.Expression,
                _ => null,
            };
            if (written is not null && RootName(written) is { } name)
                names.Add(name);
        }

        return names;
    }

    private static string? MethodName(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    private static string? RootName(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case IdentifierNameSyntax name:
                    return name.Identifier.ValueText;
                case ElementAccessExpressionSyntax element:
                    expression = element.Expression;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" or "AsMemory" or "Slice" } part }:
                    expression = part.Expression;
                    break;
                case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own:
                    return own.Name.Identifier.ValueText;
                default:
                    return null;
            }
        }
    }
}
