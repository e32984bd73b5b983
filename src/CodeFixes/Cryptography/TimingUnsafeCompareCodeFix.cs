using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2010: compares with CryptographicOperations.FixedTimeEquals, text as its UTF-8 bytes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TimingUnsafeCompareCodeFix)), Shared]
public sealed class TimingUnsafeCompareCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2010");

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
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax comparison || Operands(comparison, model) is not var (left, right))
                continue;
            bool negated = comparison.IsKind(SyntaxKind.NotEqualsExpression);
            string text = (negated ? "!" : string.Empty) + "CryptographicOperations.FixedTimeEquals(" + Bytes(left, model) + ", " + Bytes(right, model) + ")";
            ExpressionSyntax fixedTime = SyntaxFactory.ParseExpression(text).WithTriviaFrom(comparison);
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Compare in fixed time",
                    _ =>
                    {
                        CompilationUnitSyntax changed = UsingDirectives.Add(root.ReplaceNode(comparison, fixedTime), "System.Security.Cryptography", model);
                        if (text.Contains("Encoding.UTF8"))
                            changed = UsingDirectives.Add(changed, "System.Text", model);
                        return Task.FromResult(context.Document.WithSyntaxRoot(changed));
                    },
                    equivalenceKey: nameof(TimingUnsafeCompareCodeFix)),
                diagnostic);
        }
    }

    private static (ExpressionSyntax Left, ExpressionSyntax Right)? Operands(ExpressionSyntax comparison, SemanticModel model)
    {
        switch (comparison)
        {
            case BinaryExpressionSyntax binary:
                return (binary.Left, binary.Right);
            case InvocationExpressionSyntax call when model.GetSymbolInfo(call).Symbol is IMethodSymbol method:
                SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
                // A comparer or a way of comparing that ignores case has no counterpart in fixed time.
                bool ignoresCase = arguments.Count > 0 && arguments[arguments.Count - 1].ToString().Contains("IgnoreCase");
                if (ignoresCase)
                    return null;
                if (method.IsStatic && method.ReducedFrom is null)
                    return arguments.Count >= 2 ? (arguments[0].Expression, arguments[1].Expression) : null;
                return call.Expression is MemberAccessExpressionSyntax access && arguments.Count >= 1 ? (access.Expression, arguments[0].Expression) : null;
            default:
                return null;
        }
    }

    private static string Bytes(ExpressionSyntax operand, SemanticModel model) =>
        model.GetTypeInfo(operand).Type?.SpecialType == SpecialType.System_String ? "Encoding.UTF8.GetBytes(" + operand.WithoutTrivia() + ")" : operand.WithoutTrivia().ToString();
}
