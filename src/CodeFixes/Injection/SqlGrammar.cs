using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>As much of SQL's grammar as is needed to tell a value from a name.</summary>
internal static class SqlGrammar
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(250);
    private static readonly Regex s_parameter = new("[@:]([A-Za-z_][A-Za-z0-9_]*)", RegexOptions.CultureInvariant, s_timeout);
    private static readonly Regex s_clause = new(
        @"\b(SELECT|FROM|WHERE|VALUES|SET|ORDER\s+BY|GROUP\s+BY|HAVING|INTO|ON|JOIN|UPDATE|TABLE|EXEC|EXECUTE|CALL|LIMIT|OFFSET|RETURNING|WHEN|THEN|ELSE|BETWEEN|IN)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        s_timeout);

    private static readonly Regex s_valueWord = new(@"\b(LIKE|ILIKE|GLOB|BETWEEN|LIMIT|OFFSET|THEN|ELSE|WHEN|REGEXP|ESCAPE)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, s_timeout);
    private static readonly Regex s_betweenEnd = new(@"\bBETWEEN\s+\S+\s+AND\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, s_timeout);
    private static readonly Regex s_inList = new(@"\bIN\s*\([^()]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, s_timeout);

    /// <summary>Whether SQL takes a value after this text.</summary>
    /// <param name="before">The text up to the place, earlier values as <c>?</c>.</param>
    /// <param name="isInert">Whether the value is a number or the like; a text in a list may be a whole list and is refused.</param>
    public static bool TakesValue(string before, bool isInert)
    {
        string trimmed = before.TrimEnd();
        if (trimmed.Length == 0 || IsInComment(before))
            return false;
        if (s_valueWord.IsMatch(before) || s_betweenEnd.IsMatch(before))
            return true;
        if (trimmed.Length == before.Length && (char.IsLetterOrDigit(trimmed[trimmed.Length - 1]) || trimmed[trimmed.Length - 1] is '_' or '.'))
            return false;
        switch (trimmed[trimmed.Length - 1])
        {
            case '=' or '<' or '>':
                return true;
            case '+' or '|' or '*' or '/' or '%':
                return LastClause(trimmed) is "WHERE" or "SET" or "VALUES" or "HAVING" or "ON" or "THEN" or "ELSE" or "WHEN";
            case '(' or ',':
                if (s_inList.IsMatch(trimmed))
                    return isInert;
                return LastClause(trimmed) is "WHERE" or "VALUES" or "SET" or "HAVING" or "ON" or "LIMIT" or "IN";
            default:
                return false;
        }
    }

    /// <summary>Adds the names of parameters that a text already uses.</summary>
    public static void AddParameterNames(string text, HashSet<string> names)
    {
        foreach (Match match in s_parameter.Matches(text))
            names.Add(match.Groups[1].Value);
    }

    /// <summary>A free parameter name after the expression.</summary>
    public static string ParameterName(ExpressionSyntax expression, HashSet<string> taken)
    {
        string name = NameOf(expression) ?? "value";
        name = char.ToLowerInvariant(name[0]) + name.Substring(1);
        string free = name;
        for (int i = 2; !taken.Add(free); i++)
            free = name + i.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax identifier => Clean(identifier.Identifier.ValueText),
        MemberAccessExpressionSyntax access when access.Name.Identifier.ValueText is "Value" or "Text" or "Result" => NameOf(access.Expression),
        MemberAccessExpressionSyntax access => Clean(access.Name.Identifier.ValueText),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => NameOf(access.Expression),
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string key } }] } => Clean(key),
        ElementAccessExpressionSyntax element => NameOf(element.Expression),
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } => Clean(binding.Name.Identifier.ValueText),
        AwaitExpressionSyntax awaited => NameOf(awaited.Expression),
        PostfixUnaryExpressionSyntax suppressed => NameOf(suppressed.Operand),
        _ => null,
    };

    private static string? Clean(string name)
    {
        string clean = string.Concat(name.Where(static c => c < 128 && (char.IsLetterOrDigit(c) || c == '_'))).TrimStart('_');
        return clean.Length == 0 || char.IsDigit(clean[0]) || SyntaxFacts.GetKeywordKind(clean.ToLowerInvariant()) != SyntaxKind.None ? null : clean;
    }

    private static bool IsInComment(string before) =>
        before.LastIndexOf("/*", StringComparison.Ordinal) > before.LastIndexOf("*/", StringComparison.Ordinal)
        || before.LastIndexOf("--", StringComparison.Ordinal) > before.LastIndexOf('\n');

    private static string? LastClause(string before)
    {
        Match? last = null;
        foreach (Match match in s_clause.Matches(before))
            last = match;
        return last is null ? null : Regex.Replace(last.Value.ToUpperInvariant(), @"\s+", " ", RegexOptions.CultureInvariant, s_timeout);
    }
}
