using System.Text.RegularExpressions;

namespace SecurityToolchain.Runtime.Input;

/// <summary>
/// Makes regular expressions whose time grows with the length of the input and no faster: the engine does not backtrack, the pattern
/// is bounded, and a timeout stands behind both. Thread safe.
/// </summary>
public static class SafeRegex
{
    /// <summary>Longest pattern, in characters: 4,096.</summary>
    public const int MaxPatternLength = 4096;

    /// <summary>Most states that a pattern may unfold to: 10,000. <c>(a{100}){100}</c> is that.</summary>
    public const int MaxPatternSize = 10_000;

    /// <summary>Time that one match may take: 100 ms.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes a regular expression.</summary>
    /// <param name="pattern">At most 4,096 characters. No look-around, no back-reference, no atomic group: they need backtracking.</param>
    /// <param name="options">Options, to which <see cref="RegexOptions.NonBacktracking"/> and <see cref="RegexOptions.CultureInvariant"/> are added.</param>
    /// <param name="timeout">100 ms if <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The pattern is not valid, too long, too large, or needs backtracking.</exception>
    public static Regex Create(string pattern, RegexOptions options = RegexOptions.None, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length > MaxPatternLength)
            throw Error.Invalid(nameof(pattern), Error.Invariant($"The pattern must have at most {MaxPatternLength} characters; it has {pattern.Length}."));
        long size = RegexSize.Estimate(pattern);
        if (size > MaxPatternSize)
            throw Error.Invalid(nameof(pattern), Error.Invariant($"The pattern's repetitions unfold to more than {MaxPatternSize} states."));
        options = (options & ~(RegexOptions.Compiled | RegexOptions.ECMAScript | RegexOptions.RightToLeft))
            | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(pattern, options, timeout ?? DefaultTimeout);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException("The pattern needs backtracking (look-around, back-reference or atomic group), which hostile input can make exponential.", nameof(pattern), error);
        }
    }

    /// <summary>Makes a regular expression that must match the whole input, to its very last character.</summary>
    /// <param name="pattern">As for <see cref="Create"/>, without anchors. <c>$</c> would accept a newline at the end; this does not.</param>
    /// <param name="options">Options.</param>
    /// <param name="timeout">100 ms if <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The pattern is not valid, too long, too large, or needs backtracking.</exception>
    public static Regex CreateWhole(string pattern, RegexOptions options = RegexOptions.None, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        // The newline ends a comment of RegexOptions.IgnorePatternWhitespace; without that option it would be a part of the pattern.
        string end = options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "\n" : string.Empty;
        // Compiled once alone, so that a pattern such as "a)|(?:b" cannot close the group around it.
        _ = Create(pattern, options, timeout);
        return Create($@"\A(?:{pattern}{end})\z", options, timeout);
    }
}
