namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// A cache in a directory. Each entry is a file encrypted with AES-256-GCM; its key is part of the associated data, so entries can be
/// neither read, changed nor swapped without the key file, which only the user can read. Several processes may share the directory.
/// </summary>
public sealed class DiskVerdictCache : IVerdictCache, IDisposable
{
    private const int WritesBetweenSweeps = 4096;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory;
    private readonly VerdictCipher _cipher;
    private readonly long _maxBytes;
    private int _writes;
    private long _corruptEntries;

    /// <summary>Opens or creates the cache.</summary>
    /// <param name="directory">The directory; its key file <c>key</c> is created with mode 0600.</param>
    /// <param name="maxBytes">The bytes that the entries may take on disk. Default 512 MiB.</param>
    /// <exception cref="IOException">The directory or the key file cannot be used, or others can read the key.</exception>
    public DiskVerdictCache(string directory, long maxBytes = 512L << 20)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _directory = Path.GetFullPath(directory);
        _maxBytes = maxBytes;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_directory);
        else
            Directory.CreateDirectory(_directory, OnlyOwner | UnixFileMode.UserExecute);
        _cipher = new VerdictCipher(VerdictKeyFile.ReadOrCreate(Path.Combine(_directory, "key")));
        Sweep();
    }

    /// <summary>The directory for the user: below the local application data.</summary>
    public static string DefaultDirectory => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "sectool", "verdicts");

    /// <summary>The entries that were damaged or forged, and were dropped.</summary>
    public long CorruptEntries => Interlocked.Read(ref _corruptEntries);

    /// <inheritdoc/>
    public byte[]? TryRead(CacheKey key)
    {
        string path = PathOf(key);
        try
        {
            if (_cipher.TryOpen(key, File.ReadAllBytes(path)) is { } value)
                return value;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // A damaged or forged entry.
        Interlocked.Increment(ref _corruptEntries);
        TryDelete(path);
        return null;
    }

    /// <inheritdoc/>
    public void Write(CacheKey key, ReadOnlySpan<byte> value)
    {
        byte[] entry = _cipher.Seal(key, value);
        string path = PathOf(key);
        string temporary = path + "." + Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(temporary, NewFileForOwner()))
                stream.Write(entry);
            // A reader sees the old entry or the new one, never a part.
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written costs time and nothing else.
            TryDelete(temporary);
        }

        if (Interlocked.Increment(ref _writes) % WritesBetweenSweeps == 0)
            Sweep();
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    private static FileStreamOptions NewFileForOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // On Windows the directory below the user's profile already keeps others out.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyOwner;
        return options;
    }

    private string PathOf(CacheKey key)
    {
        string name = key.ToString();
        return Path.Combine(_directory, name[..2], name[2..]);
    }

    // The oldest entries go first, down to three quarters of the limit, so that a sweep is rare.
    private void Sweep()
    {
        try
        {
            FileInfo[] entries = [.. new DirectoryInfo(_directory).EnumerateFiles("*", SearchOption.AllDirectories).Where(static f => f.Name != "key")];
            long total = entries.Sum(static f => f.Length);
            if (total <= _maxBytes)
                return;
            foreach (FileInfo entry in entries.OrderBy(static f => f.LastWriteTimeUtc))
            {
                if (total <= _maxBytes / 4 * 3)
                    break;
                total -= entry.Length;
                TryDelete(entry.FullName);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process sweeps; what is left is taken the next time.
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use by another process; it is overwritten or swept later.
        }
    }
}
