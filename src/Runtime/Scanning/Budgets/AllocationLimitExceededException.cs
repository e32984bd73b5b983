using System.Globalization;

namespace SecurityToolchain.Scanning.Budgets;

/// <summary>A reservation would exceed a <see cref="MemoryBudget"/>. Nothing was allocated.</summary>
public sealed class AllocationLimitExceededException : Exception
{
    /// <summary>Creates the exception with the three figures.</summary>
    /// <param name="requested">The bytes asked for.</param>
    /// <param name="current">The bytes in use at that moment.</param>
    /// <param name="limit">The limit in bytes.</param>
    public AllocationLimitExceededException(long requested, long current, long limit)
        : base(string.Create(CultureInfo.InvariantCulture, $"A reservation of {requested} bytes exceeds the memory budget: {current} of {limit} bytes are in use."))
    {
        Requested = requested;
        Current = current;
        Limit = limit;
    }

    /// <summary>Creates the exception without figures.</summary>
    public AllocationLimitExceededException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public AllocationLimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public AllocationLimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The bytes asked for.</summary>
    public long Requested { get; }

    /// <summary>The bytes in use when the reservation was refused.</summary>
    public long Current { get; }

    /// <summary>The limit in bytes.</summary>
    public long Limit { get; }
}
