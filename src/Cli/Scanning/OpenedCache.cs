using System.Globalization;
using System.Security.Cryptography;
using SecurityToolchain.Scanning.Caching;
using SecurityToolchain.Scanning.PostgreSql;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>The verdict store that <c>--cache</c> names, and what went wrong in it.</summary>
internal sealed class OpenedCache : IDisposable
{
    private readonly DiskVerdictCache? _disk;
    private readonly PostgreSqlVerdictCache? _shared;

    private OpenedCache(DiskVerdictCache? disk, PostgreSqlVerdictCache? shared) => (_disk, _shared) = (disk, shared);

    /// <summary>The store.</summary>
    public IVerdictCache Cache => _shared as IVerdictCache ?? _disk!;

    /// <summary>Opens a store.</summary>
    /// <param name="place">A directory, an address, or null for the user's directory.</param>
    /// <param name="keyFile">The file with the shared key, or null.</param>
    /// <exception cref="UsageException">The store or the key cannot be used.</exception>
#pragma warning disable CA2000 // The result owns the store and disposes it.
    public static OpenedCache Open(string? place, string? keyFile)
    {
        try
        {
            if (!PostgreSqlAddress.IsAddress(place))
            {
                if (keyFile is not null)
                    throw new UsageException("'--cache-key' belongs to '--cache postgres://...'; a directory has its own key.");
                return new OpenedCache(new DiskVerdictCache(place ?? DiskVerdictCache.DefaultDirectory), null);
            }

            string connection = PostgreSqlAddress.ToConnectionString(place!);
            byte[] key = keyFile is null ? OwnKey() : VerdictKeyFile.Read(keyFile);
            try
            {
                return new OpenedCache(null, new PostgreSqlVerdictCache(connection, key));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(key);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"The cache cannot be used: {exception.Message}");
        }
    }
#pragma warning restore CA2000

    /// <summary>Sentences for the error stream.</summary>
    public IEnumerable<string> Problems()
    {
        long corrupt = _disk?.CorruptEntries ?? _shared!.CorruptEntries;
        if (corrupt > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{corrupt} damaged entries of the cache were dropped.");
        if (_shared is { Failures: > 0 })
            yield return string.Create(CultureInfo.InvariantCulture, $"{_shared.Failures} accesses to the verdict store failed; the files were scanned without it.");
    }

    public void Dispose()
    {
        _disk?.Dispose();
        _shared?.Dispose();
    }

    // The same key as the directory's: verdicts of one user may move between the two.
    private static byte[] OwnKey()
    {
        using (new DiskVerdictCache(DiskVerdictCache.DefaultDirectory))
            return VerdictKeyFile.ReadOrCreate(Path.Combine(DiskVerdictCache.DefaultDirectory, "key"));
    }
}
