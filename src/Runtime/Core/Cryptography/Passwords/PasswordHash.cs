using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>A stored hash in the PHC string format: <c>$id[$v=version]$parameters$salt$hash</c>, base64 without padding.</summary>
/// <remarks>Reference: PHC string format specification. Every number is checked against a ceiling before it is used.</remarks>
internal sealed class PasswordHash
{
    public const string Argon2idName = "argon2id";
    public const string Pbkdf2Name = "pbkdf2-sha512";
    private const int MaxTextLength = 512;
    private const int MaxFieldSizeInBytes = 64;
    internal const int MaxMemoryInKibibytes = 1024 * 1024;
    internal const int MaxArgon2Iterations = 64;
    private const int MinFieldSizeInBytes = 8;

    private PasswordHash(PasswordHashAlgorithm algorithm, int iterations, Argon2Parameters? argon2, byte[] salt, byte[] hash)
    {
        Algorithm = algorithm;
        Iterations = iterations;
        Argon2 = argon2;
        Salt = salt;
        Hash = hash;
    }

    public PasswordHashAlgorithm Algorithm { get; }

    public int Iterations { get; }

    public Argon2Parameters? Argon2 { get; }

    public byte[] Salt { get; }

    public byte[] Hash { get; }

    public static string Format(PasswordHashOptions options, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash)
    {
        string parameters = options.Algorithm == PasswordHashAlgorithm.Argon2id
            ? Error.Invariant($"{Argon2idName}$v={Argon2id.Version}$m={options.Argon2.MemoryInKibibytes},t={options.Argon2.Iterations},p={options.Argon2.Parallelism}")
            : Error.Invariant($"{Pbkdf2Name}$i={options.Iterations}");
        return $"${parameters}${Encode(salt)}${Encode(hash)}";
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out PasswordHash? result)
    {
        result = null;
        if (text is null || text.Length > MaxTextLength || !text.StartsWith('$'))
            return false;
        string[] fields = text.Split('$');
        result = fields switch
        {
            ["", Argon2idName, "v=19", string cost, string salt, string hash] => ParseArgon2(cost, salt, hash),
            ["", Pbkdf2Name, string cost, string salt, string hash] => ParsePbkdf2(cost, salt, hash),
            _ => null,
        };
        return result is not null;
    }

    /// <summary>Computes what the hash of a password would be under the stored salt and cost.</summary>
    public void Compute(ReadOnlySpan<byte> password, Span<byte> destination)
    {
        if (Algorithm == PasswordHashAlgorithm.Argon2id)
            Argon2id.DeriveKey(password, Salt, Argon2!, destination);
        else
            Rfc2898DeriveBytes.Pbkdf2(password, Salt, destination, Iterations, HashAlgorithmName.SHA512);
    }

    public bool HasCostOf(PasswordHashOptions options) =>
        Algorithm == options.Algorithm
        && Salt.Length == PasswordHasher.SaltSizeInBytes
        && Hash.Length == PasswordHasher.HashSizeInBytes
        && (Algorithm == PasswordHashAlgorithm.Argon2id ? Argon2 == options.Argon2 : Iterations == options.Iterations);

    private static PasswordHash? ParseArgon2(string cost, string salt, string hash)
    {
        string[] parts = cost.Split(',');
        return parts.Length == 3
            && TryReadNumber(parts[0], "m=", 1, MaxMemoryInKibibytes, out int memory)
            && TryReadNumber(parts[1], "t=", 1, MaxArgon2Iterations, out int iterations)
            && TryReadNumber(parts[2], "p=", 1, 64, out int parallelism)
            && memory >= 8 * parallelism
            && TryDecode(salt, out byte[]? saltBytes)
            && TryDecode(hash, out byte[]? hashBytes)
                ? new PasswordHash(PasswordHashAlgorithm.Argon2id, 0, new Argon2Parameters(memory, iterations, parallelism), saltBytes, hashBytes)
                : null;
    }

    private static PasswordHash? ParsePbkdf2(string cost, string salt, string hash) =>
        TryReadNumber(cost, "i=", 1, Pbkdf2.MaxIterations, out int iterations)
        && TryDecode(salt, out byte[]? saltBytes)
        && TryDecode(hash, out byte[]? hashBytes)
            ? new PasswordHash(PasswordHashAlgorithm.Pbkdf2Sha512, iterations, null, saltBytes, hashBytes)
            : null;

    private static bool TryReadNumber(string text, string name, int minimum, int maximum, out int value)
    {
        value = 0;
        return text.StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value >= minimum
            && value <= maximum;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        byte[] buffer = new byte[MaxFieldSizeInBytes];
        string padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, buffer, out int count) || count < MinFieldSizeInBytes)
            return false;
        byte[] exact = buffer[..count];
        // One value, one spelling: padding, white space and stray bits are refused.
        if (!string.Equals(Encode(exact), text, StringComparison.Ordinal))
            return false;
        bytes = exact;
        return true;
    }
}
