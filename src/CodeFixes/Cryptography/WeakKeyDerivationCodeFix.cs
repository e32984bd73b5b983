using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Fixes STC2007: raises the number of iterations to what the hash needs. Hashes that are stored already keep their old number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WeakKeyDerivationCodeFix)), Shared]
public sealed class WeakKeyDerivationCodeFix : ExpressionCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC2007");

    private protected override (ExpressionSyntax Better, string Title)? Replace(ExpressionSyntax reported, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue("iterations", out string? wanted) || !int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || reported is not { Parent: ArgumentSyntax } or ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax)
            return null;
        string text = count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');
        return (SyntaxFactory.ParseExpression(text), "Use " + text + " iterations for new hashes");
    }
}
