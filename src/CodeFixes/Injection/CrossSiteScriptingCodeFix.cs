using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1011: encodes the values in markup.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CrossSiteScriptingCodeFix)), Shared]
public sealed class CrossSiteScriptingCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1011");

    private protected override string Title => "Encode the value for HTML";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        // Script is another language: HTML encoding does not help there.
        if (sink.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && model.GetSymbolInfo(call).Symbol?.Name is "InvokeAsync" or "InvokeVoidAsync" or "RegisterStartupScript" or "RegisterClientScriptBlock")
            return null;
        if (model.Compilation.GetTypeByMetadataName("System.Text.Encodings.Web.HtmlEncoder") is null)
        {
            return model.Compilation.GetTypeByMetadataName("System.Net.WebUtility") is not null && TextParts.Wrap(root, TextParts.Composed(sink, model), model, static value => "WebUtility.HtmlEncode(" + value + ")") is { } plain
                ? UsingDirectives.Add(plain, "System.Net", model)
                : null;
        }

        return TextParts.Wrap(root, TextParts.Composed(sink, model), model, static value => "HtmlEncoder.Default.Encode(" + value + ")") is { } changed
            ? UsingDirectives.Add(changed, "System.Text.Encodings.Web", model)
            : null;
    }
}
