using System.Security.Cryptography;

namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>
/// The key that stamps and records are authenticated with, and the folder that keeps it: one for a user on a machine. A stamp that comes
/// with a checkout, a restored CI cache or from another user does not verify, and the packages are checked in full.
/// </summary>
public sealed class StateKey
{
    /// <summary>The variable that moves the folder, for tests and for machines without a home folder.</summary>
    public const string FolderVariable = "SECURITYTOOLCHAIN_STATE";

    private const string KeyFileName = "gate.key";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _key;

    private StateKey(string folder, byte[] key)
    {
        Folder = folder;
        _key = key;
    }

    /// <summary>The folder of the state.</summary>
    public string Folder { get; }

    /// <summary>Opens the key, creating it at the first use.</summary>
    /// <returns>The key, or null when no folder can be written: then nothing is remembered.</returns>
    public static StateKey? Open()
    {
        string? configured = Environment.GetEnvironmentVariable(FolderVariable);
        string folder = string.IsNullOrEmpty(configured) ? DefaultFolder() : configured;
        return folder.Length == 0 ? null : Open(folder);
    }

    /// <summary>Opens the key in a folder, creating both at the first use.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The key, or null when the folder cannot be written.</returns>
    public static StateKey? Open(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            string path = Path.Combine(folder, KeyFileName);
            if (!File.Exists(path))
                Create(path);
            byte[] key = File.ReadAllBytes(path);
            return key.Length == HMACSHA256.HashSizeInBytes ? new StateKey(folder, key) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Authenticates bytes for a purpose, so that a value made for one place is worth nothing in another.</summary>
    /// <param name="purpose">What the bytes are for, with the path they belong to.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>A tag of 32 bytes.</returns>
    public byte[] Authenticate(string purpose, ReadOnlySpan<byte> bytes)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(purpose)));
        hmac.AppendData(bytes);
        return hmac.GetHashAndReset();
    }

    private static string DefaultFolder()
    {
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length == 0 ? "" : Path.Combine(local, "SecurityToolchain");
    }

    // Written beside its place and moved there without overwriting: two builds at once agree on the first one's key.
    private static void Create(string path)
    {
        string fresh = path + "." + Path.GetRandomFileName();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(fresh, options))
            stream.Write(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));
        try
        {
            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(fresh);
        }
    }
}
