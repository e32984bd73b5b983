using System;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Secrets;

/// <summary>
/// Fixes STC4001: replaces the literal by a look-up, in <c>SecretProvider</c> where the project references the Runtime library, in the
/// environment otherwise. A constant becomes a read-only field where nothing needs it to be constant.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HardcodedSecretCodeFix)), Shared]
public sealed class HardcodedSecretCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC4001");

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
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionSyntax>() is not { } literal
                || literal.Span != diagnostic.Location.SourceSpan || ConstantUse.IsRequired(literal) || IsInExpressionTree(literal, model, context.CancellationToken))
            {
                continue;
            }

            SyntaxNode? constant = ConstantUse.DeclarationOf(literal);
            if (constant is not null && !await ConstantUse.CanBecomeVariableAsync(constant, model, context.Document.Project.Solution, context.CancellationToken).ConfigureAwait(false))
                continue;
            diagnostic.Properties.TryGetValue(HardcodedSecretAnalyzer.NameProperty, out string? name);
            bool isPart = diagnostic.Properties.ContainsKey(HardcodedSecretAnalyzer.StartProperty);
            string key = SecretKeyName.For(name, literal, diagnostic.GetMessage(CultureInfo.InvariantCulture), isPart);
            var secret = new SecretExpression(key, model, literal.SpanStart);
            if (Replacement(literal, diagnostic, secret, model) is not { } replacement)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    secret.Title,
                    _ => Task.FromResult(Apply(context.Document, root, model, literal, replacement, constant, secret.Namespace)),
                    equivalenceKey: nameof(HardcodedSecretCodeFix)),
                diagnostic);
        }
    }

    private static ExpressionSyntax? Replacement(ExpressionSyntax literal, Diagnostic diagnostic, SecretExpression secret, SemanticModel model)
    {
        if (diagnostic.Properties.TryGetValue(HardcodedSecretAnalyzer.StartProperty, out string? start))
            return Cut(literal, int.Parse(start, CultureInfo.InvariantCulture), int.Parse(diagnostic.Properties[HardcodedSecretAnalyzer.LengthProperty], CultureInfo.InvariantCulture), secret);
        if (literal.IsKind(SyntaxKind.Utf8StringLiteralExpression))
            return secret.Utf8();
        if (literal.IsKind(SyntaxKind.CharacterLiteralExpression))
            return null;
        return ElementType(literal, model) switch
        {
            SpecialType.System_Byte => secret.Bytes(),
            SpecialType.System_Char => secret.Characters(),
            SpecialType.None when literal is LiteralExpressionSyntax or BinaryExpressionSyntax or InterpolatedStringExpressionSyntax or InvocationExpressionSyntax => secret.Text(),
            _ => null,
        };
    }

    // "...;Password=hunter2;..." among parts that vary becomes "...;Password=" + look-up + ";...".
    private static ExpressionSyntax? Cut(ExpressionSyntax literal, int start, int length, SecretExpression secret)
    {
        if (literal is not LiteralExpressionSyntax { Token: var token } || !literal.IsKind(SyntaxKind.StringLiteralExpression) || start + length > token.ValueText.Length)
            return null;
        string text = token.ValueText;
        ExpressionSyntax result = secret.Text();
        if (result is BinaryExpressionSyntax)
            result = SyntaxFactory.ParenthesizedExpression(result);
        if (start > 0)
            result = Joined(Literal(text.Substring(0, start)), result);
        return start + length < text.Length ? Joined(result, Literal(text.Substring(start + length))) : result;
    }

    private static BinaryExpressionSyntax Joined(ExpressionSyntax left, ExpressionSyntax right) =>
        SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, left, right).WithAdditionalAnnotations(Formatter.Annotation);

    private static LiteralExpressionSyntax Literal(string text) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));

    private static SpecialType ElementType(ExpressionSyntax literal, SemanticModel model)
    {
        TypeInfo type = model.GetTypeInfo(literal);
        return (type.Type ?? type.ConvertedType) switch
        {
            IArrayTypeSymbol array => array.ElementType.SpecialType,
            INamedTypeSymbol { Name: "ReadOnlySpan" or "Span", TypeArguments: [var element] } => element.SpecialType,
            _ => SpecialType.None,
        };
    }

    private static bool IsInExpressionTree(SyntaxNode literal, SemanticModel model, CancellationToken cancellationToken) =>
        literal.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().Any(lambda =>
            model.GetTypeInfo(lambda, cancellationToken).ConvertedType is { Name: "Expression", ContainingNamespace.Name: "Expressions" });

    private static Document Apply(
        Document document, CompilationUnitSyntax root, SemanticModel model, ExpressionSyntax literal, ExpressionSyntax replacement, SyntaxNode? constant, string namespaceName)
    {
        ExpressionSyntax placed = SecretExpression.At(literal, replacement).WithTriviaFrom(literal);
        CompilationUnitSyntax changed = constant is null
            ? root.ReplaceNode(literal, placed)
            : root.ReplaceNode(constant, Variable(constant.ReplaceNode(literal, placed)));
        return document.WithSyntaxRoot(UsingDirectives.Add(changed, namespaceName, model));
    }

    private static SyntaxNode Variable(SyntaxNode constant)
    {
        if (constant is LocalDeclarationStatementSyntax local)
        {
            SyntaxToken keyword = local.Modifiers.First(static modifier => modifier.IsKind(SyntaxKind.ConstKeyword));
            LocalDeclarationStatementSyntax variable = local.WithModifiers(local.Modifiers.Remove(keyword));
            return variable.WithLeadingTrivia(local.GetLeadingTrivia());
        }

        var field = (FieldDeclarationSyntax)constant;
        int index = field.Modifiers.IndexOf(SyntaxKind.ConstKeyword);
        SyntaxToken old = field.Modifiers[index];
        return field.WithModifiers(field.Modifiers.RemoveAt(index).InsertRange(
            index,
            [
                SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithLeadingTrivia(old.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(old.TrailingTrivia),
            ]));
    }
}
