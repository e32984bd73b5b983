using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2006: fills the nonce, or the cipher's vector, anew before the message that would reuse it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NonceReuseCodeFix)), Shared]
public sealed class NonceReuseCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2006");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax place
                || Refill(place, model) is not { } refill
                || place.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
                || IsInsideNestedFunction(place, statement))
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Fill the nonce anew before this message",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(UsingDirectives.Add(Insert(root, statement, refill), "System.Security.Cryptography", model))),
                    equivalenceKey: nameof(NonceReuseCodeFix)),
                diagnostic);
        }
    }

    /// <summary>The statement that makes the nonce fresh, or null where its variable cannot be written.</summary>
    private static string? Refill(ExpressionSyntax place, SemanticModel model)
    {
        ExpressionSyntax variable = Root(place);
        ITypeSymbol? type = model.GetTypeInfo(variable).Type;
        if (variable is InvocationExpressionSyntax or ElementAccessExpressionSyntax || type is null)
            return null;
        if (DerivesFromSymmetricAlgorithm(type))
            return variable + ".GenerateIV();";
        return type.TypeKind == TypeKind.Array || type.Name == "Span" ? "RandomNumberGenerator.Fill(" + variable + ");" : null;
    }

    private static ExpressionSyntax Root(ExpressionSyntax place)
    {
        while (true)
        {
            switch (place)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" or "CreateEncryptor" } view }:
                    place = view.Expression;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IV" } vector:
                    place = vector.Expression;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    place = parenthesized.Expression;
                    break;
                default:
                    return place;
            }
        }
    }

    private static bool DerivesFromSymmetricAlgorithm(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == "SymmetricAlgorithm" && current.ContainingNamespace.ToDisplayString() == "System.Security.Cryptography")
                return true;
        }

        return false;
    }

    /// <summary>An expression lambda has no place for a statement.</summary>
    private static bool IsInsideNestedFunction(ExpressionSyntax place, StatementSyntax statement) =>
        place.Ancestors().TakeWhile(node => node != statement).Any(static node => node is AnonymousFunctionExpressionSyntax);

    private static CompilationUnitSyntax Insert(CompilationUnitSyntax root, StatementSyntax statement, string refill)
    {
        StatementSyntax added = SyntaxFactory.ParseStatement(refill + "\n").WithAdditionalAnnotations(Formatter.Annotation);
        if (statement.Parent is BlockSyntax or SwitchSectionSyntax)
            return root.InsertNodesBefore(statement, [added.WithLeadingTrivia(statement.GetLeadingTrivia())]);
        if (statement.Parent is GlobalStatementSyntax global)
            return root.InsertNodesBefore(global, [SyntaxFactory.GlobalStatement(added.WithLeadingTrivia(statement.GetLeadingTrivia()))]);
        BlockSyntax block = SyntaxFactory.Block(added, statement.WithoutTrivia()).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation);
        return root.ReplaceNode(statement, block);
    }
}
