using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>The file that holds the secret of a verdict store: 32 random bytes that only their owner can read.</summary>
public static class VerdictKeyFile
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;

    /// <summary>Reads a key that several machines share. A group may read it, because that is how a mounted secret reaches an unprivileged user.</summary>
    /// <param name="path">The file; 32 bytes, or 64 hexadecimal digits with an optional line end.</param>
    /// <exception cref="IOException">The file cannot be read, has another length, or others can read or change it.</exception>
    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != 0)
            throw new IOException($"The key file '{path}' can be read or changed by others; its mode has to be 0400, 0440, 0600 or 0640.");
        byte[] content = new byte[(2 * VerdictCipher.KeyLength) + 3];
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        try
        {
            if (length == VerdictCipher.KeyLength)
                return content[..length];
            ReadOnlySpan<byte> text = content.AsSpan(0, length).TrimEnd("\r\n"u8);
            byte[] key = new byte[VerdictCipher.KeyLength];
            if (text.Length == 2 * VerdictCipher.KeyLength && Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done)
                return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }

        throw new IOException($"The key file '{path}' holds neither {VerdictCipher.KeyLength} bytes nor {2 * VerdictCipher.KeyLength} hexadecimal digits.");
    }

    /// <summary>Reads the key of one user, and makes it when it does not exist. Several processes may do so at the same time.</summary>
    /// <param name="path">The file; its directory has to exist.</param>
    /// <exception cref="IOException">The file cannot be made or read, has another length, or anyone but the owner can read it.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (TryReadOwn(path) is { } existing)
            return existing;
        // Written whole under another name first: a process that comes at the same time sees no key or a complete one.
        byte[] fresh = RandomNumberGenerator.GetBytes(VerdictCipher.KeyLength);
        string temporary = path + "." + Path.GetRandomFileName();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // On Windows the directory below the user's profile already keeps others out.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyOwner;
        try
        {
            using (var stream = new FileStream(temporary, options))
                stream.Write(fresh);
            if (TryPublish(temporary, path))
                return fresh;
            // Another process was faster; its key holds.
            return TryReadOwn(path) ?? throw new IOException($"The key file '{path}' vanished while it was read.");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A move would replace the key of a process that was faster: outside Windows it looks first and renames then.
    private static bool TryPublish(string temporary, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            const int Exists = -17;
            int result = UnixFile.Link(temporary, path);
            return result switch
            {
                0 => true,
                Exists => false,
                _ => throw new IOException($"The key file '{path}' cannot be made: {Marshal.GetPInvokeErrorMessage(-result)}."),
            };
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static byte[]? TryReadOwn(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & ~OnlyOwner) != 0)
                throw new IOException($"The key file '{path}' can be read by others; its mode has to be 0600.");
            byte[] key = new byte[VerdictCipher.KeyLength];
            if (stream.Length != key.Length || stream.ReadAtLeast(key, key.Length, throwOnEndOfStream: false) != key.Length)
                throw new IOException($"The key file '{path}' does not have {VerdictCipher.KeyLength} bytes.");
            return key;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
