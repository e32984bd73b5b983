namespace SecurityToolchain.Runtime.Limits;

/// <summary>A <see cref="MemoryBudget"/> cannot give what was asked for. Nothing was allocated.</summary>
public sealed class AllocationLimitExceededException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public AllocationLimitExceededException()
        : this("The memory budget is exceeded.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says which budget.</param>
    public AllocationLimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says which budget.</param>
    /// <param name="innerException">The cause.</param>
    public AllocationLimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal AllocationLimitExceededException(long requested, long current, long limit)
        : base(Error.Invariant($"{requested} bytes do not fit into the memory budget: {current} of {limit} bytes are in use."))
    {
        Requested = requested;
        Current = current;
        Limit = limit;
    }

    /// <summary>Bytes asked for.</summary>
    public long Requested { get; }

    /// <summary>Bytes in use at that moment.</summary>
    public long Current { get; }

    /// <summary>Bytes of the budget.</summary>
    public long Limit { get; }
}
