using System.Text;

namespace SecurityToolchain.Runtime.Secrets;

/// <summary>
/// Reads secrets from files, one a file, as Docker and Kubernetes mount them. The file's name is the secret's name, or that in lower
/// case, or that with double underscores for colons. One newline at the end is not a part of the secret.
/// </summary>
public sealed class FileSecretSource : ISecretSource
{
    /// <summary>Where Docker and Swarm mount secrets.</summary>
    public const string DefaultDirectory = "/run/secrets";

    /// <summary>Largest secret file, in bytes: 65,536.</summary>
    public const int MaxSizeInBytes = 64 * 1024;

    private readonly string _directory;

    /// <summary>Creates a source.</summary>
    /// <param name="directory">Directory with the files; <c>/run/secrets</c> by default. It need not exist.</param>
    /// <exception cref="ArgumentException">The path is empty or not absolute.</exception>
    public FileSecretSource(string directory = DefaultDirectory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        // "/run/secrets" is rooted but not fully qualified on Windows, where it means the current drive.
        if (!Path.IsPathRooted(directory))
            throw Error.Invalid(nameof(directory), "The directory of secrets must be an absolute path.");
        _directory = directory;
    }

    /// <inheritdoc/>
    public string Description => $"files in '{_directory}'";

    /// <inheritdoc/>
    /// <exception cref="SecretFormatException">The file is too large, or not UTF-8.</exception>
    /// <exception cref="UnauthorizedAccessException">The file exists and may not be read.</exception>
    public string? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string file = name.Replace(":", "__", StringComparison.Ordinal);
        if (!IsFileName(file))
            return null;
        string lower = file.ToLowerInvariant();
        return Read(name, file) ?? (string.Equals(lower, file, StringComparison.Ordinal) ? null : Read(name, lower));
    }

    private static bool IsFileName(string name) =>
        name is not ("." or "..") && name.AsSpan().IndexOfAny(['/', '\\', '\0', ':']) < 0;

    private string? Read(string name, string file)
    {
        try
        {
            using var stream = new FileStream(Path.Combine(_directory, file), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return ReadSecret(name, stream);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string? ReadSecret(string name, FileStream stream)
    {
        byte[] bytes = new byte[MaxSizeInBytes + 1];
        try
        {
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > MaxSizeInBytes)
                throw new SecretFormatException(name, Error.Invariant($"its file is larger than {MaxSizeInBytes} bytes"));
            ReadOnlySpan<byte> secret = bytes.AsSpan(0, count);
            if (secret.StartsWith("\uFEFF"u8))
                secret = secret[3..];
            if (secret.EndsWith("\n"u8))
                secret = secret.EndsWith("\r\n"u8) ? secret[..^2] : secret[..^1];
            return secret.IsEmpty ? null : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(secret);
        }
        catch (DecoderFallbackException)
        {
            // The framework's exception holds the bytes at fault, which are a part of the secret.
            throw new SecretFormatException(name, "its file is not UTF-8 text");
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
