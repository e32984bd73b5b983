using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1006: compares the canonical path with the canonical folder and a separator, byte by byte; refuses rooted paths beside dots.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BrokenPathCheckCodeFix)), Shared]
public sealed class BrokenPathCheckCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1006");

    private protected override string Title => "Make the path check hold";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (sink is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var path }, ArgumentList.Arguments: [{ NameColon: null } prefix, ..] } call
            || !diagnostic.Properties.TryGetValue("flaw", out string? flaw))
        {
            return null;
        }

        string text = path.WithoutTrivia().ToString();
        string folder = prefix.Expression.WithoutTrivia().ToString();
        string? changed = flaw switch
        {
            "CultureSensitive" => text + ".StartsWith(" + folder + ", StringComparison.Ordinal)",
            "NoSeparator" => text + ".StartsWith(" + WithSeparator(folder) + ", StringComparison.Ordinal)",
            "NotCanonical" => "Path.GetFullPath(" + text + ").StartsWith(" + WithSeparator(Folder(folder)) + ", StringComparison.Ordinal)",
            "Absolute" when path is IdentifierNameSyntax or MemberAccessExpressionSyntax => "(" + call.WithoutTrivia() + " || Path.IsPathRooted(" + text + "))",
            _ => null,
        };
        if (changed is null)
            return null;
        ExpressionSyntax replacement = SyntaxFactory.ParseExpression(changed);
        // Parentheses only where something else stands beside the call.
        if (replacement is ParenthesizedExpressionSyntax inner && call.Parent is IfStatementSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression })
            replacement = inner.Expression;
        CompilationUnitSyntax result = root.ReplaceNode(call, replacement.WithTriviaFrom(call));
        result = flaw == "CultureSensitive" ? result : UsingDirectives.Add(result, "System.IO", model);
        return flaw == "Absolute" ? result : UsingDirectives.Add(result, "System", model);
    }

    /// <summary>The folder without what was appended to it already.</summary>
    private static string Folder(string folder) =>
        SyntaxFactory.ParseExpression(folder) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && sum.Right.ToString().Contains("SeparatorChar") ? sum.Left.WithoutTrivia().ToString() : folder;

    private static string WithSeparator(string folder) => "Path.GetFullPath(" + folder + ").TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar";
}
