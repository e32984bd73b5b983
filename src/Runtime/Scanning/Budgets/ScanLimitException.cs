using System.Globalization;

namespace SecurityToolchain.Scanning.Budgets;

/// <summary>
/// A limit of <see cref="ScanLimits"/> was reached inside a parser. The engine turns it into an incomplete result that names the limit;
/// it never reaches a caller of the engine.
/// </summary>
public sealed class ScanLimitException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="limitName">The name of the limit.</param>
    /// <param name="limit">The value of the limit.</param>
    /// <param name="spender">Who reached it.</param>
    public ScanLimitException(string limitName, long limit, string spender)
        : base(string.Create(CultureInfo.InvariantCulture, $"{spender} reached the limit {limitName} = {limit}."))
    {
        LimitName = limitName;
        Limit = limit;
        Spender = spender;
    }

    /// <summary>Creates the exception without data.</summary>
    public ScanLimitException()
        : this("a limit")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public ScanLimitException(string message)
        : base(message)
    {
        LimitName = "";
        Spender = "";
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public ScanLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
        LimitName = "";
        Spender = "";
    }

    /// <summary>The name of the limit.</summary>
    public string LimitName { get; }

    /// <summary>The value of the limit.</summary>
    public long Limit { get; }

    /// <summary>Who reached it.</summary>
    public string Spender { get; }
}
