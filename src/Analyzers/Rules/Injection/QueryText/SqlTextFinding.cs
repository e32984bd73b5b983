using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>A SQL text with a part that is not constant.</summary>
/// <param name="Text">The expression that is the text, at the command or at the call of the method that passes it on.</param>
/// <param name="Origin">The first part that is not constant.</param>
/// <param name="Member">The member that takes the text.</param>
internal readonly record struct SqlTextFinding(IOperation Text, TextOrigin Origin, ISymbol Member)
{
    private const int LongestName = 60;

    /// <summary>The diagnostic, with the part as an additional location.</summary>
    public Diagnostic ToDiagnostic()
    {
        SyntaxNode part = Origin.Operation.Syntax;
        string name = Origin.Parameter?.Name ?? part.ToString().Replace("\r", string.Empty).Replace("\n", " ");
        if (name.Length > LongestName)
            name = name.Substring(0, LongestName) + "...";
        return Diagnostic.Create(
            RuleCatalogue.SqlNotConstant,
            Text.Syntax.GetLocation(),
            new[] { part.GetLocation() },
            Member.ContainingType.Name + (Member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? string.Empty : "." + Member.Name),
            name);
    }
}
