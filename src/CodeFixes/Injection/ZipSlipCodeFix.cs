using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>
/// Fixes STC1007: a loop that only extracts each entry becomes ExtractToDirectory, which refuses entries that leave the folder; elsewhere the
/// destination goes through SafePath of the Runtime library.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ZipSlipCodeFix)), Shared]
public sealed class ZipSlipCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1007");

    private protected override string Title => "Keep the entry in the target folder";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (PathExpression.Find(root, sink, diagnostic, model) is not InvocationExpressionSyntax combine || !PathExpression.IsCombine(combine, model))
            return null;
        return Whole(root, sink, combine, model) ?? SafeCombine.Rewrite(root, combine, model);
    }

    /// <summary><c>foreach (var entry in zip.Entries) entry.ExtractToFile(Path.Combine(folder, entry.FullName));</c></summary>
    private static CompilationUnitSyntax? Whole(CompilationUnitSyntax root, ExpressionSyntax sink, InvocationExpressionSyntax combine, SemanticModel model)
    {
        if (sink != combine || combine.ArgumentList.Arguments is not [{ Expression: var folder }, { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FullName" } }]
            || sink.Parent?.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ExtractToFile" } } extract
            || extract.Parent is not ExpressionStatementSyntax statement || statement.FirstAncestorOrSelf<ForEachStatementSyntax>() is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Entries", Expression: var archive } } loop
            || !(loop.Statement == statement || loop.Statement is BlockSyntax { Statements: [var only] } && only == statement)
            || model.GetTypeInfo(archive).Type?.Name != "ZipArchive"
            || model.Compilation.GetTypeByMetadataName("System.IO.Compression.ZipFileExtensions")?.GetMembers("ExtractToDirectory").OfType<IMethodSymbol>().Any(static method => method.Parameters.Length == 3) != true)
        {
            return null;
        }

        string overwrite = extract.ArgumentList.Arguments.Count > 1 ? ", " + extract.ArgumentList.Arguments[1].Expression.WithoutTrivia() : string.Empty;
        StatementSyntax whole = SyntaxFactory.ParseStatement(archive.WithoutTrivia() + ".ExtractToDirectory(" + folder.WithoutTrivia() + overwrite + ");").WithTriviaFrom(loop);
        return root.ReplaceNode(loop, whole);
    }
}
