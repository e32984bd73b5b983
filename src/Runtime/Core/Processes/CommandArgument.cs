using System.Collections.Frozen;
using System.Text.RegularExpressions;
using SecurityToolchain.Runtime.Files;
using SecurityToolchain.Runtime.Input;

namespace SecurityToolchain.Runtime.Processes;

/// <summary>What one argument of a command may be. Immutable, thread safe.</summary>
public abstract class CommandArgument
{
    private CommandArgument()
    {
    }

    /// <summary>Longest value, in characters: 8,192.</summary>
    public const int MaxLength = 8192;

    /// <summary>Whether the value is fixed by the policy, so that the caller gives none.</summary>
    internal virtual string? Fixed => null;

    /// <summary>Whether the value comes from outside and so belongs behind <c>--</c>.</summary>
    internal virtual bool IsOperand => true;

    /// <summary>An argument that is always there, such as an option of the program.</summary>
    /// <param name="value">The argument, passed as it is.</param>
    public static CommandArgument Literal(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new LiteralArgument(value);
    }

    /// <summary>One of a few values, compared exactly. They may start with a dash, since the policy names them.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static CommandArgument OneOf(params ReadOnlySpan<string> values)
    {
        if (values.IsEmpty)
            throw Error.Invalid(nameof(values), "An argument needs at least one value.");
        return new ChoiceArgument([.. values]);
    }

    /// <summary>A whole number in a range, in decimal digits.</summary>
    /// <param name="minimum">Lowest value.</param>
    /// <param name="maximum">Highest value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public static CommandArgument WholeNumber(long minimum, long maximum)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimum, maximum);
        return new IntegerArgument(minimum, maximum);
    }

    /// <summary>Text that a pattern matches as a whole, from its first character to its last. A leading dash is refused whatever the pattern says.</summary>
    /// <param name="pattern">See <see cref="SafeRegex.CreateWhole"/>.</param>
    /// <exception cref="ArgumentException">The pattern is not valid or needs backtracking.</exception>
    public static CommandArgument Matching(string pattern) => new PatternArgument(SafeRegex.CreateWhole(pattern));

    /// <summary>The name of a file below a directory; the program gets the absolute path, which cannot start with a dash.</summary>
    /// <param name="root">Absolute path of the directory.</param>
    /// <exception cref="ArgumentException">The path is not absolute.</exception>
    public static CommandArgument FileUnder(string root)
    {
        if (!Path.IsPathFullyQualified(root))
            throw Error.Invalid(nameof(root), "The root must be an absolute path.");
        return new FileArgument(root);
    }

    /// <summary>Returns what the program gets, or null if the value is refused.</summary>
    internal abstract string? Accept(string value);

    private sealed class LiteralArgument(string literal) : CommandArgument
    {
        internal override string Fixed => literal;

        internal override bool IsOperand => false;

        internal override string? Accept(string value) => null;
    }

    private sealed class ChoiceArgument(string[] values) : CommandArgument
    {
        private readonly FrozenSet<string> _values = values.ToFrozenSet(StringComparer.Ordinal);

        internal override bool IsOperand => false;

        internal override string? Accept(string value) => _values.Contains(value) ? value : null;
    }

    private sealed class IntegerArgument(long minimum, long maximum) : CommandArgument
    {
        internal override string? Accept(string value) =>
            long.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number)
            && number >= minimum
            && number <= maximum
                ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : null;
    }

    private sealed class PatternArgument(Regex pattern) : CommandArgument
    {
        internal override string? Accept(string value)
        {
            try
            {
                return value.StartsWith('-') || !pattern.IsMatch(value) ? null : value;
            }
            catch (RegexMatchTimeoutException)
            {
                return null;
            }
        }
    }

    private sealed class FileArgument(string root) : CommandArgument
    {
        internal override string? Accept(string value)
        {
            if (SafePath.Validate(value) != PathValidationError.None)
                return null;
            try
            {
                // Opened once to refuse links and special files; the program opens it again, which nothing outside it can prevent.
                using FileStream file = SafePath.OpenRead(root, value);
                return SafePath.Combine(root, value);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
