namespace SecurityToolchain.Runtime.Interop.Native;

/// <summary>Checks bytes from a native caller before work is done on them: bounded, never empty, and whatever else the service asks for. Thread safe.</summary>
public sealed class SecureProcessor
{
    /// <summary>Largest input by default, in bytes: 1,048,576 (1 MiB).</summary>
    public const int DefaultMaxSizeInBytes = 1 << 20;

    private readonly Func<ReadOnlyMemory<byte>, string?>[] _validators;

    /// <summary>Creates a processor.</summary>
    /// <param name="maxSizeInBytes">Largest input: at least 1. Default 1 MiB.</param>
    /// <param name="validators">Each returns what is wrong with the data, or <see langword="null"/>. Asked in order after the size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
    public SecureProcessor(int maxSizeInBytes = DefaultMaxSizeInBytes, params IReadOnlyList<Func<ReadOnlyMemory<byte>, string?>> validators)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSizeInBytes, 1);
        ArgumentNullException.ThrowIfNull(validators);
        MaxSizeInBytes = maxSizeInBytes;
        _validators = [.. validators];
    }

    /// <summary>Largest input, in bytes.</summary>
    public int MaxSizeInBytes { get; }

    /// <summary>Says what is wrong with data.</summary>
    /// <param name="data">Any bytes.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? Validate(ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
            return "Empty data not allowed";
        if (data.Length > MaxSizeInBytes)
            return Error.Invariant($"The data has {data.Length} bytes, more than the limit of {MaxSizeInBytes}");
        foreach (Func<ReadOnlyMemory<byte>, string?> validator in _validators)
        {
            if (validator(data) is { } problem)
                return problem;
        }

        return null;
    }

    /// <summary>Works on data that is valid.</summary>
    /// <typeparam name="TResult">Type of the result.</typeparam>
    /// <param name="data">Any bytes.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="ArgumentException">The data is not valid; the work was not started.</exception>
    public TResult Process<TResult>(ReadOnlyMemory<byte> data, Func<ReadOnlyMemory<byte>, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Validate(data) is { } problem ? throw Error.Invalid(nameof(data), problem) : work(data);
    }
}
