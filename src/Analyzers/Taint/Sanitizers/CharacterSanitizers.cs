using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Calls that leave only letters, digits and a few harmless characters of a text.</summary>
internal static class CharacterSanitizers
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sanitizer> All = ImmutableArray.Create(
        // System.Text.RegularExpressions reference: everything outside an allowed class is replaced.
        Sanitizer.ReturnValue(SinkKinds.AllInjection, "System.Text.RegularExpressions.Regex", "Replace", when: static call => call is IInvocationOperation replace && LeavesSafeCharacters(replace)),

        // System.Linq reference: a filter over the characters of a text.
        Sanitizer.ReturnValue(SinkKinds.AllInjection, "System.Linq.Enumerable", "Where", when: static call => call is IInvocationOperation filter && KeepsSafeCharacters(filter)),
        Sanitizer.ReturnValue(SinkKinds.AllInjection, "System.Array", "FindAll", when: static call => call is IInvocationOperation filter && KeepsSafeCharacters(filter)));

    private static bool LeavesSafeCharacters(IInvocationOperation call)
    {
        string? pattern = call.Instance is null ? Text(call.FindArgument("pattern")?.Value) : RegexGuards.PatternOf(call.Instance);
        return pattern is not null && IsNegatedSafeClass(pattern) && Text(call.FindArgument("replacement")?.Value) is { } replacement && replacement.All(static c => IsSafe(c));
    }

    /// <summary><c>[^a-z0-9_-]+</c></summary>
    private static bool IsNegatedSafeClass(string pattern)
    {
        if (!pattern.StartsWith("[^", System.StringComparison.Ordinal) || pattern.IndexOf(']') is var end && (end < 3 || end < pattern.Length - 2) || (end == pattern.Length - 2 && pattern[end + 1] is not ('+' or '*')))
            return false;
        for (int i = 2; i < end; i++)
        {
            if (pattern[i] == '\\')
            {
                if (++i >= end || pattern[i] is not ('w' or 'd' or '-' or '_' or '.'))
                    return false;
            }
            else if (!IsSafe(pattern[i]))
            {
                return false;
            }
        }

        return pattern.IndexOf("..", System.StringComparison.Ordinal) < 0;
    }

    private static bool IsSafe(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';

    private static bool KeepsSafeCharacters(IInvocationOperation call)
    {
        if (call.Arguments.Length < 2 || call.Arguments[0].Value.WithoutConversions().Type is not ({ SpecialType: SpecialType.System_String } or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Char }))
            return false;
        return call.Arguments[1].Syntax is ArgumentSyntax { Expression: var predicate } && predicate switch
        {
            MemberAccessExpressionSyntax method => IsCharacterTest(method),
            SimpleLambdaExpressionSyntax { ExpressionBody: { } body } => IsSafeTest(body),
            ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } body } => IsSafeTest(body),
            _ => false,
        };
    }

    private static bool IsSafeTest(ExpressionSyntax body) => body switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsSafeTest(parenthesized.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either => IsSafeTest(either.Left) && IsSafeTest(either.Right),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax { Token.Value: char c } } => IsSafe(c) || c == ' ',
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } => IsCharacterTest(method),
        _ => false,
    };

    private static bool IsCharacterTest(MemberAccessExpressionSyntax method) =>
        method.Expression.ToString() is "char" or "Char" or "System.Char"
        && method.Name.Identifier.ValueText is "IsLetterOrDigit" or "IsLetter" or "IsDigit" or "IsNumber" or "IsAsciiLetterOrDigit" or "IsAsciiDigit" or "IsAsciiLetter" or "IsAsciiHexDigit";

    private static string? Text(IOperation? value) => value?.WithoutConversions() switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } } => string.Empty,
        _ => null,
    };
}
