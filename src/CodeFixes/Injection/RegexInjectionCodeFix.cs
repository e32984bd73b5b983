using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1018: escapes the values in a pattern.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RegexInjectionCodeFix)), Shared]
public sealed class RegexInjectionCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1018");

    private protected override string Title => "Escape the value with Regex.Escape";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model) =>
        TextParts.Wrap(root, TextParts.Composed(sink, model), model, static value => "Regex.Escape(" + value + ")") is { } changed
            ? UsingDirectives.Add(changed, "System.Text.RegularExpressions", model)
            : null;
}
