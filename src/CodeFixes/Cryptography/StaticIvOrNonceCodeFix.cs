using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
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

/// <summary>Fixes STC2005: draws a random vector or nonce before the message. It has to travel with the message: the title says so.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StaticIvOrNonceCodeFix)), Shared]
public sealed class StaticIvOrNonceCodeFix : CodeFixProvider
{
    private const int AuthenticatedNonceBytes = 12;
    private const int BlockBytes = 16;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2005");

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
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax value || Fix(root, value, model) is not { } changed)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Draw a random one for each message (send it along with the ciphertext)",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)),
                    equivalenceKey: nameof(StaticIvOrNonceCodeFix)),
                diagnostic);
        }
    }

    private static CompilationUnitSyntax? Fix(CompilationUnitSyntax root, ExpressionSyntax value, SemanticModel model)
    {
        if (value.Parent is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IV" } target, Parent: ExpressionStatementSyntax } assignment
            && assignment.Right == value)
        {
            ExpressionSyntax generate = SyntaxFactory.ParseExpression(target.Expression + ".GenerateIV()").WithTriviaFrom(assignment);
            return root.ReplaceNode(assignment, generate);
        }

        // A property in an object initializer: aes.IV = ... becomes nothing; a new algorithm object draws its own vector.
        if (value.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "IV" }, Parent: InitializerExpressionSyntax } member && member.Right == value)
            return root.RemoveNode(member, SyntaxRemoveOptions.KeepNoTrivia);

        if (Size(value, model) is not { } bytes || value.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax } statement
            || value.Ancestors().TakeWhile(node => node != statement).Any(static node => node is AnonymousFunctionExpressionSyntax))
        {
            return null;
        }

        bool isLocal = value is IdentifierNameSyntax && model.GetSymbolInfo(value).Symbol is ILocalSymbol
            && model.GetTypeInfo(value).Type is IArrayTypeSymbol or INamedTypeSymbol { Name: "Span" };
        string name = FreeName.Near(statement, bytes == AuthenticatedNonceBytes ? "nonce" : "iv");
        string text = isLocal
            ? "RandomNumberGenerator.Fill(" + value + ");\n"
            : "byte[] " + name + " = RandomNumberGenerator.GetBytes(" + bytes.ToString(CultureInfo.InvariantCulture) + ");\n";
        StatementSyntax added = SyntaxFactory.ParseStatement(text).WithLeadingTrivia(statement.GetLeadingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
        StatementSyntax used = isLocal ? statement : statement.ReplaceNode(value, SyntaxFactory.IdentifierName(name).WithTriviaFrom(value));
        CompilationUnitSyntax changed = root.ReplaceNode(statement, [added, used]);
        return UsingDirectives.Add(changed, "System.Security.Cryptography", model);
    }

    /// <summary>How many bytes the called method wants, or null where the value does not go straight into an encrypting call.</summary>
    private static int? Size(ExpressionSyntax value, SemanticModel model)
    {
        if (value.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return null;
        return (method.ContainingType.Name, method.Name) switch
        {
            ("AesGcm" or "AesCcm" or "ChaCha20Poly1305", "Encrypt") => AuthenticatedNonceBytes,
            (_, "EncryptCbc" or "TryEncryptCbc" or "EncryptCfb" or "TryEncryptCfb" or "CreateEncryptor") => Block(method.ContainingType),
            _ => null,
        };
    }

    private static int? Block(INamedTypeSymbol type) => type.Name switch
    {
        "DES" or "TripleDES" or "RC2" or "DESCryptoServiceProvider" or "TripleDESCryptoServiceProvider" => null,
        _ => BlockBytes,
    };
}
