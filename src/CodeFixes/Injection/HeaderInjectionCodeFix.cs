using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1014: takes line breaks out of the values. Not for cookies that are written by hand, where a semicolon is enough.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HeaderInjectionCodeFix)), Shared]
public sealed class HeaderInjectionCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1014");

    private protected override string Title => "Take line breaks out of the value";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (model.Compilation.GetSpecialType(SpecialType.System_String).GetMembers("ReplaceLineEndings").IsEmpty || WritesCookie(sink))
            return null;
        return TextParts.Wrap(root, TextParts.Composed(sink, model), model, static value => value + ".ReplaceLineEndings(\"\")");
    }

    private static bool WritesCookie(ExpressionSyntax sink) =>
        sink.FirstAncestorOrSelf<StatementSyntax>() is { } statement && (statement.ToString().Contains("Set-Cookie") || statement.ToString().Contains("SetCookie"))
        || sink.FirstAncestorOrSelf<ArrowExpressionClauseSyntax>() is { } arrow && arrow.ToString().Contains("Set-Cookie");
}
