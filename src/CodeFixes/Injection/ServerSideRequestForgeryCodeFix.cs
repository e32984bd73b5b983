using System;
using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1013 where input decides a part of the path only: percent-encodes it, so that it stays one segment.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ServerSideRequestForgeryCodeFix)), Shared]
public sealed class ServerSideRequestForgeryCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1013");

    private protected override string Title => "Encode the value with Uri.EscapeDataString";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        // The host is somebody's decision: no encoding makes it harmless.
        if (!diagnostic.Properties.TryGetValue("controls", out string? part) || !string.Equals(part, "path", StringComparison.Ordinal))
            return null;
        return TextParts.Wrap(root, TextParts.Composed(sink, model), model, static value => "Uri.EscapeDataString(" + value + ")") is { } changed ? UsingDirectives.Add(changed, "System", model) : null;
    }
}
