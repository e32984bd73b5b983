using System.Globalization;

namespace SecurityToolchain.Runtime;

/// <summary>Builds the argument exceptions of the library, so that every message names the thing, the limit and the value.</summary>
internal static class Error
{
    public static ArgumentException WrongLength(string parameter, string thing, long requiredBytes, long actualBytes) =>
        new(Invariant($"{thing} must be exactly {requiredBytes} bytes; got {actualBytes}."), parameter);

    public static ArgumentException TooShort(string parameter, string thing, long minimumBytes, long actualBytes) =>
        new(Invariant($"{thing} must be at least {minimumBytes} bytes; got {actualBytes}."), parameter);

    public static ArgumentException TooLong(string parameter, string thing, long maximumBytes, long actualBytes) =>
        new(Invariant($"{thing} must be at most {maximumBytes} bytes; got {actualBytes}."), parameter);

    public static ArgumentException DestinationTooSmall(string parameter, long requiredBytes, long actualBytes) =>
        new(Invariant($"The destination must hold at least {requiredBytes} bytes; it holds {actualBytes}."), parameter);

    public static ArgumentOutOfRangeException OutOfRange(string parameter, string thing, object minimum, object maximum, object actual) =>
        new(parameter, actual, Invariant($"{thing} must be between {minimum} and {maximum}; got {actual}."));

    public static ArgumentException Invalid(string parameter, string message) => new(message, parameter);

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
