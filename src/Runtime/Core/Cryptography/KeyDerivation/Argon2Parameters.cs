namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>Cost of <see cref="Argon2id"/>. Immutable.</summary>
public sealed record Argon2Parameters
{
    /// <summary>Largest memory, in KiB: 2,097,152 (2 GiB).</summary>
    public const int MaxMemoryInKibibytes = 2 * 1024 * 1024;

    /// <summary>Creates a cost.</summary>
    /// <param name="memoryInKibibytes">8 times the parallelism, to 2,097,152 KiB. Default 19,456 KiB (19 MiB), OWASP's least.</param>
    /// <param name="iterations">1 to 1,000 passes over the memory. Default 2.</param>
    /// <param name="parallelism">1 to 64 lanes, each worked on by a thread of its own. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Argon2Parameters(int memoryInKibibytes = 19_456, int iterations = 2, int parallelism = 1)
    {
        if (parallelism is < 1 or > 64)
            throw Error.OutOfRange(nameof(parallelism), "The parallelism of Argon2id in lanes", 1, 64, parallelism);
        if (memoryInKibibytes < 8 * parallelism || memoryInKibibytes > MaxMemoryInKibibytes)
            throw Error.OutOfRange(nameof(memoryInKibibytes), "The memory of Argon2id in KiB", 8 * parallelism, MaxMemoryInKibibytes, memoryInKibibytes);
        if (iterations is < 1 or > 1_000)
            throw Error.OutOfRange(nameof(iterations), "The iterations of Argon2id", 1, 1_000, iterations);
        MemoryInKibibytes = memoryInKibibytes;
        Iterations = iterations;
        Parallelism = parallelism;
    }

    /// <summary>19 MiB, 2 passes, 1 lane: OWASP's least, and the cost of the product documents.</summary>
    public static Argon2Parameters Default { get; } = new();

    /// <summary>Memory, in KiB.</summary>
    public int MemoryInKibibytes { get; }

    /// <summary>Passes over the memory.</summary>
    public int Iterations { get; }

    /// <summary>Lanes.</summary>
    public int Parallelism { get; }
}
