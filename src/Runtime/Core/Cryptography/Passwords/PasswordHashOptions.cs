namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>Cost of new password hashes. Checked when a <see cref="PasswordHasher"/> is made of them.</summary>
public sealed class PasswordHashOptions
{
    /// <summary>Algorithm of new hashes. Default <see cref="PasswordHashAlgorithm.Pbkdf2Sha512"/>.</summary>
    public PasswordHashAlgorithm Algorithm { get; init; } = PasswordHashAlgorithm.Pbkdf2Sha512;

    /// <summary>Iterations of PBKDF2: 210,000 to 10,000,000. Default 210,000.</summary>
    public int Iterations { get; init; } = Pbkdf2.MinIterationsSha512;

    /// <summary>Cost of Argon2id: the memory is at least 46 MiB with 1 pass, 19 with 2, 12 with 3, 9 with 4, 7 with more (OWASP), and at most 1 GiB and 64 passes. Default 19 MiB, 2 passes, 1 lane.</summary>
    public Argon2Parameters Argon2 { get; init; } = Argon2Parameters.Default;

    /// <summary>Longest password, in bytes of UTF-8: 64 to 65,536. Default 1,024. A longer one is refused before any work is done.</summary>
    public int MaxPasswordSizeInBytes { get; init; } = 1024;

    /// <summary>Most computations at one time; further callers wait. 1 to 1,024. Default: the number of processors. Bounds the memory that Argon2id takes.</summary>
    public int MaxConcurrency { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        if (!Enum.IsDefined(Algorithm))
            throw Error.Invalid(nameof(Algorithm), $"The password hash algorithm {(int)Algorithm} is unknown.");
        if (Iterations is < Pbkdf2.MinIterationsSha512 or > Pbkdf2.MaxIterations)
            throw Error.OutOfRange(nameof(Iterations), "The iterations of PBKDF2 with SHA512", Pbkdf2.MinIterationsSha512, Pbkdf2.MaxIterations, Iterations);
        ArgumentNullException.ThrowIfNull(Argon2);
        // OWASP's equivalent choices: 46 MiB x 1, 19 MiB x 2, 12 MiB x 3, 9 MiB x 4, 7 MiB x 5.
        int leastMemory = Argon2.Iterations switch { 1 => 47_104, 2 => 19_456, 3 => 12_288, 4 => 9_216, _ => 7_168 };
        if (Argon2.MemoryInKibibytes < leastMemory || Argon2.MemoryInKibibytes > PasswordHash.MaxMemoryInKibibytes)
        {
            throw Error.OutOfRange(
                nameof(Argon2), $"The memory of Argon2id in KiB with {Argon2.Iterations} iterations", leastMemory, PasswordHash.MaxMemoryInKibibytes, Argon2.MemoryInKibibytes);
        }

        // A stored hash of a higher cost is refused when it is read, so none of it may be made.
        if (Argon2.Iterations > PasswordHash.MaxArgon2Iterations)
            throw Error.OutOfRange(nameof(Argon2), "The iterations of Argon2id for passwords", 1, PasswordHash.MaxArgon2Iterations, Argon2.Iterations);

        if (MaxPasswordSizeInBytes is < 64 or > 65_536)
            throw Error.OutOfRange(nameof(MaxPasswordSizeInBytes), "The longest password in bytes", 64, 65_536, MaxPasswordSizeInBytes);
        if (MaxConcurrency is < 1 or > 1_024)
            throw Error.OutOfRange(nameof(MaxConcurrency), "The number of computations at one time", 1, 1_024, MaxConcurrency);
    }
}
