using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2009: puts 32 random bytes in the place of what can be guessed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PredictableTokenCodeFix)), Shared]
public sealed class PredictableTokenCodeFix : CodeFixProvider
{
    private const string Bytes = "RandomNumberGenerator.GetBytes(32)";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2009");

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
            if (InsecureRandomCodeFix.Calls(root, diagnostic, model).Count > 0)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Use RandomNumberGenerator with the same range",
                        cancellation => InsecureRandomCodeFix.FixAsync(context.Document, [diagnostic], cancellation),
                        equivalenceKey: nameof(PredictableTokenCodeFix)),
                    diagnostic);
                continue;
            }

            if (Find(root, diagnostic, model) is not var (old, text))
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use 32 random bytes",
                    _ =>
                    {
                        ExpressionSyntax random = SyntaxFactory.ParseExpression(text).WithTriviaFrom(old);
                        CompilationUnitSyntax changed = UsingDirectives.Add(root.ReplaceNode(old, random), "System.Security.Cryptography", model);
                        return Task.FromResult(context.Document.WithSyntaxRoot(text == Bytes ? changed : UsingDirectives.Add(changed, "System", model)));
                    },
                    equivalenceKey: nameof(PredictableTokenCodeFix)),
                diagnostic);
        }
    }

    private static (ExpressionSyntax Old, string Text)? Find(CompilationUnitSyntax root, Diagnostic diagnostic, SemanticModel model)
    {
        foreach (ExpressionSyntax step in FlowSource.Steps(root, diagnostic))
        {
            foreach (ExpressionSyntax source in step.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
            {
                if (!IsPredictable(source, model))
                    continue;
                ExpressionSyntax whole = Whole(source);
                if (Replacement(whole, model) is { } text)
                    return (whole, text);
            }
        }

        return root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax sink && sink is not IdentifierNameSyntax && Replacement(sink, model) is { } atSink
            ? (sink, atSink)
            : null;
    }

    private static bool IsPredictable(ExpressionSyntax expression, SemanticModel model)
    {
        if (expression is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax or IdentifierNameSyntax))
            return false;
        ISymbol? symbol = model.GetSymbolInfo(expression).Symbol;
        return (symbol?.ContainingType?.Name, symbol?.Name) switch
        {
            ("DateTime" or "DateTimeOffset", "Now" or "UtcNow" or "Today") => symbol is IPropertySymbol,
            ("Guid", "NewGuid" or "CreateVersion7") => expression is InvocationExpressionSyntax,
            ("Environment", "TickCount" or "TickCount64" or "ProcessId" or "MachineName" or "CurrentManagedThreadId") => true,
            ("Stopwatch", "GetTimestamp") => expression is InvocationExpressionSyntax,
            ("Stopwatch", "ElapsedTicks" or "ElapsedMilliseconds") => true,
            ("TimeProvider", "GetUtcNow" or "GetLocalNow" or "GetTimestamp") => expression is InvocationExpressionSyntax,
            ("Process", "Id") or ("Thread", "ManagedThreadId") => true,
            _ => false,
        };
    }

    /// <summary>The source with all that is called on it: <c>DateTime.UtcNow.Ticks.ToString("x")</c>.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax source)
    {
        ExpressionSyntax current = source;
        while (true)
        {
            switch (current.Parent)
            {
                case MemberAccessExpressionSyntax member when member.Expression == current:
                    current = member;
                    break;
                case MemberAccessExpressionSyntax member when member.Name == current:
                    current = member;
                    break;
                case InvocationExpressionSyntax call when call.Expression == current:
                    current = call;
                    break;
                case CastExpressionSyntax or ParenthesizedExpressionSyntax:
                    current = (ExpressionSyntax)current.Parent;
                    break;
                default:
                    return current;
            }
        }
    }

    private static string? Replacement(ExpressionSyntax expression, SemanticModel model)
    {
        string hex = "Convert.ToHexString(" + Bytes + ")";
        if (expression.Parent is InterpolationSyntax)
            return expression.Parent is InterpolationSyntax { FormatClause: null, AlignmentClause: null } ? hex : null;
        if (expression.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && model.GetTypeInfo(sum).Type?.SpecialType == SpecialType.System_String)
            return hex;
        ITypeSymbol? type = model.GetTypeInfo(expression).ConvertedType;
        return type switch
        {
            { SpecialType: SpecialType.System_String } => hex,
            IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => Bytes,
            INamedTypeSymbol { Name: "Guid" } => "new Guid(RandomNumberGenerator.GetBytes(16))",
            _ => null,
        };
    }
}
