using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Derives keys from passwords so that guessing costs memory as well as time. <see cref="PasswordHasher"/> stores and checks passwords with it.
/// </summary>
/// <remarks>
/// References: RFC 9106 (Argon2id, version 0x13).
/// Parameters: salt 8 bytes or more (16 recommended), output 4 to 1,024 bytes, cost in <see cref="Argon2Parameters"/>.
/// No deviation. All members may be used by several threads at once; each call takes its memory for itself.
/// </remarks>
public static class Argon2id
{
    /// <summary>Shortest salt, in bytes: 8.</summary>
    public const int MinSaltSizeInBytes = 8;

    /// <summary>Version in encoded hashes: 19 (0x13).</summary>
    public const int Version = 0x13;

    private const int MinOutputSizeInBytes = 4;
    private const int MaxOutputSizeInBytes = 1024;
    private const int Argon2idType = 2;
    private const int PrehashSizeInBytes = 64;

    /// <summary>Derives bytes from a password.</summary>
    /// <param name="password">Any length.</param>
    /// <param name="salt">At least 8 bytes; random and different for every password.</param>
    /// <param name="parameters">The cost.</param>
    /// <param name="destination">4 to 1,024 bytes, all written.</param>
    /// <param name="secret">A key kept apart from the hashes (a pepper), or empty.</param>
    /// <param name="associatedData">Bound into the result, or empty.</param>
    /// <exception cref="ArgumentException">The salt is too short, or the destination's size is out of range.</exception>
    /// <exception cref="OutOfMemoryException">The memory asked for is not there.</exception>
    public static void DeriveKey(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        Span<byte> destination,
        ReadOnlySpan<byte> secret = default,
        ReadOnlySpan<byte> associatedData = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (salt.Length < MinSaltSizeInBytes)
            throw Error.TooShort(nameof(salt), "The salt", MinSaltSizeInBytes, salt.Length);
        if (destination.Length is < MinOutputSizeInBytes or > MaxOutputSizeInBytes)
            throw Error.OutOfRange(nameof(destination), "The output in bytes", MinOutputSizeInBytes, MaxOutputSizeInBytes, destination.Length);

        // H0, and room for the block index and the lane that follow it when the first blocks are made.
        Span<byte> seed = stackalloc byte[PrehashSizeInBytes + (2 * sizeof(int))];
        Prehash(password, salt, parameters, destination.Length, secret, associatedData, seed[..PrehashSizeInBytes]);
        using var memory = new Argon2Memory(parameters);
        memory.FillFirstBlocks(seed);
        CryptographicOperations.ZeroMemory(seed);
        memory.FillRemaining();
        memory.Finish(destination);
    }

    /// <summary>The hash of variable length, H', of section 3.3.</summary>
    internal static void LongHash(ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> size = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(size, output.Length);
        if (output.Length <= Blake2b.MaxSizeInBytes)
        {
            Blake2b.HashData(size, input, output);
            return;
        }

        const int Half = Blake2b.MaxSizeInBytes / 2;
        Span<byte> digest = stackalloc byte[Blake2b.MaxSizeInBytes];
        Blake2b.HashData(size, input, digest);
        while (output.Length > Blake2b.MaxSizeInBytes)
        {
            digest[..Half].CopyTo(output);
            output = output[Half..];
            if (output.Length > Blake2b.MaxSizeInBytes)
                Blake2b.HashData(digest, default, digest);
        }

        Blake2b.HashData(digest, default, output);
        CryptographicOperations.ZeroMemory(digest);
    }

    private static void Prehash(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        int outputSize,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> associatedData,
        Span<byte> digest)
    {
        Span<byte> block = stackalloc byte[128];
        Span<ulong> state = stackalloc ulong[8];
        var hash = new Blake2b(PrehashSizeInBytes, state, block);
        hash.AppendInt32(parameters.Parallelism);
        hash.AppendInt32(outputSize);
        hash.AppendInt32(parameters.MemoryInKibibytes);
        hash.AppendInt32(parameters.Iterations);
        hash.AppendInt32(Version);
        hash.AppendInt32(Argon2idType);
        hash.AppendInt32(password.Length);
        hash.Append(password);
        hash.AppendInt32(salt.Length);
        hash.Append(salt);
        hash.AppendInt32(secret.Length);
        hash.Append(secret);
        hash.AppendInt32(associatedData.Length);
        hash.Append(associatedData);
        hash.Finish(digest);
        CryptographicOperations.ZeroMemory(block);
        state.Clear();
    }
}
