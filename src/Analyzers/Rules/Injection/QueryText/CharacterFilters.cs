using System;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Regular expressions that let only letters, digits, underscore and the like pass.</summary>
internal static class CharacterFilters
{
    private static readonly Regex s_whole = new(@"^(?:\^|\\A)(?:\(\?:|\()?(?:(?:\[[\w\-\\. ]+\]|\\w|\\d|[A-Za-z0-9_.])(?:[*+?]|\{\d*,?\d*\})?)+\)?(?:[*+?]|\{\d*,?\d*\})?(?:\$|\\z|\\Z)$", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
    private static readonly Regex s_words = new(@"^(?:\^|\\A)\((?:\?:)?[\w|]+\)(?:\$|\\z|\\Z)$", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
    private static readonly Regex s_removal = new(@"^(?:\[\^[\w\-\\. ]+\]|\\W)[*+]?$", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));

    /// <summary>Whether a text that the pattern matches as a whole holds only harmless characters.</summary>
    public static bool MatchesOnlyWords(string pattern) => IsMatch(s_whole, pattern) || IsMatch(s_words, pattern);

    /// <summary>Whether the call removes everything but harmless characters.</summary>
    public static bool IsFilter(IInvocationOperation invocation)
    {
        if (invocation.TargetMethod is not { Name: "Replace", ContainingType: { Name: "Regex", ContainingNamespace.Name: "RegularExpressions" } })
            return false;
        IOperation? replacement = null;
        IOperation? pattern = null;
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Name == "replacement")
                replacement = argument.Value;
            else if (argument.Parameter?.Name == "pattern")
                pattern = argument.Value;
        }

        return replacement?.ConstantValue is { HasValue: true, Value: string put } && IsHarmless(put)
            && pattern?.ConstantValue is { HasValue: true, Value: string text } && IsMatch(s_removal, text);
    }

    private static bool IsHarmless(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }

    private static bool IsMatch(Regex regex, string pattern)
    {
        try
        {
            return pattern.Length < 200 && regex.IsMatch(pattern);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
