using System.Security.Cryptography;

namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>A file whose content is bound to its path and its purpose by a tag in front of it.</summary>
internal static class SealedFile
{
    /// <summary>Reads the content.</summary>
    /// <returns>The content, or null when the file is absent, unreadable or not authentic.</returns>
    public static byte[]? Read(StateKey key, string purpose, string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (bytes.Length < HMACSHA256.HashSizeInBytes)
            return null;
        byte[] content = bytes[HMACSHA256.HashSizeInBytes..];
        byte[] tag = key.Authenticate(purpose + "\n" + path, content);
        return CryptographicOperations.FixedTimeEquals(tag, bytes.AsSpan(0, HMACSHA256.HashSizeInBytes)) ? content : null;
    }

    /// <summary>Writes the content; a reader sees the old file or the new one. A folder that cannot be written only costs time later.</summary>
    public static void Write(StateKey key, string purpose, string path, ReadOnlySpan<byte> content)
    {
        byte[] tag = key.Authenticate(purpose + "\n" + path, content);
        byte[] bytes = [.. tag, .. content];
        try
        {
            ReplacedFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing is remembered, and the next check is a full one.
        }
    }

    /// <summary>Deletes the file; a file that stays does not verify once its inputs have changed.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
