using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-79: input as markup or script.</summary>
internal static class CrossSiteScripting
{
    /// <summary>The rule. Text that is written straight into a response counts where the response is HTML.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.CrossSiteScripting, SourceKinds.Untrusted, SinkKinds.Html | SinkKinds.Script)
    {
        Review = static flow => flow.SinkTarget is IMethodSymbol { Name: "WriteAsync", ContainingType.Name: "HttpResponseWritingExtensions" } && !IsHtml(flow) ? TaintVerdict.Drop : TaintVerdict.Report,
    };

    /// <summary>A tag beside the input, or an HTML content type set in the same body.</summary>
    private static bool IsHtml(TaintFlow flow)
    {
        if (flow.KnownPrefix.IndexOf('<') >= 0)
            return true;
        SyntaxNode? member = flow.SinkOperation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is not null && member.DescendantTokens().Any(static token => token.Kind() switch
        {
            SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken =>
                HasTag(token.ValueText) || token.ValueText.IndexOf("text/html", StringComparison.OrdinalIgnoreCase) >= 0,
            _ => false,
        });
    }

    private static bool HasTag(string text)
    {
        int open = text.IndexOf('<');
        return open >= 0 && open + 1 < text.Length && (char.IsLetter(text[open + 1]) || text[open + 1] is '/' or '!');
    }
}
