using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Which regular expressions prove that a text is harmless.</summary>
internal static class RegexGuards
{
    /// <summary>Whether a match means that the whole text consists of what the pattern lists, and the pattern has no wildcard.</summary>
    public static bool IsAnchoredAllowList(string pattern)
    {
        bool start = pattern.StartsWith("^", System.StringComparison.Ordinal) || pattern.StartsWith("\\A", System.StringComparison.Ordinal);
        bool end = pattern.EndsWith("$", System.StringComparison.Ordinal) || pattern.EndsWith("\\z", System.StringComparison.Ordinal) || pattern.EndsWith("\\Z", System.StringComparison.Ordinal);
        if (!start || !end)
            return false;
        bool inClass = false;
        int depth = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\')
            {
                i++;
                if (i < pattern.Length && (pattern[i] is 'S' or 'W' or 'D' or 's' or 'P' or 'p'))
                    return false;
                continue;
            }

            if (inClass)
            {
                if (c == ']')
                    inClass = false;
                continue;
            }

            switch (c)
            {
                case '[':
                    // A negated class lets everything else in.
                    if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                        return false;
                    inClass = true;
                    break;
                case '.':
                    return false;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '|' when depth == 0:
                    // ^a|b$ anchors only one end of each alternative.
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether a match means that the text holds a character outside an allowed class: <c>[^a-z0-9]</c>.</summary>
    public static bool FindsForbiddenCharacter(string pattern) =>
        pattern.Length > 3 && pattern.StartsWith("[^", System.StringComparison.Ordinal) && pattern.IndexOf(']') >= pattern.Length - 2
        && pattern.IndexOf("\\W", System.StringComparison.Ordinal) < 0 && pattern.IndexOf("\\S", System.StringComparison.Ordinal) < 0
        && pattern.IndexOf("\\s", System.StringComparison.Ordinal) < 0;

    /// <summary>The pattern of a regular expression in a field, a local or a generated method.</summary>
    public static string? PatternOf(IOperation regex)
    {
        ISymbol? holder = regex.WithoutConversions() switch
        {
            IFieldReferenceOperation { Field.IsReadOnly: true } field => field.Field,
            ILocalReferenceOperation local => local.Local,
            IPropertyReferenceOperation property => property.Property,
            IInvocationOperation call => call.TargetMethod,
            _ => null,
        };
        if (holder?.GetAttributes().FirstOrDefault(static one => one.AttributeClass?.Name == "GeneratedRegexAttribute") is { ConstructorArguments: [{ Value: string generated }, ..] })
            return generated;
        return holder is { DeclaringSyntaxReferences: [{ } reference] } && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string literal } }, ..] } }
            ? literal
            : null;
    }
}
