using System.Collections.Concurrent;
using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// A cache in a directory. Entries lie in segments, encrypted with AES-256-GCM; the key of an entry is part of the associated data, so
/// entries can be neither read, changed nor swapped without the key file, which only the user can read. What a process adds becomes
/// visible to others when it disposes the cache, or when a segment is full. Several processes may share the directory. Thread-safe.
/// </summary>
public sealed class DiskVerdictCache : IVerdictCache, IContentIndex, IDisposable
{
    private const long MaxSegmentLength = 64L << 20, SmallSegmentLength = 8L << 20;
    private const int MaxSmallSegments = 16;
    private const string TemporaryExtension = ".part";
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory;
    private readonly VerdictCipher _cipher;
    private readonly long _maxBytes;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<CacheKey, (VerdictSegment Segment, long Offset, int Length)> _entries = new();
    private readonly ConcurrentDictionary<FileIdentity, byte[]> _contents = new();
    private readonly List<VerdictSegment> _segments = [];
    private VerdictSegment? _current;
    private long _corruptEntries;
    private bool _disposed;

    /// <summary>Opens or creates the cache.</summary>
    /// <param name="directory">The directory; its key file <c>key</c> is created with mode 0600.</param>
    /// <param name="maxBytes">The bytes that the entries may take on disk. Default 512 MiB.</param>
    /// <param name="timeProvider">The clock that tells when a file that another process left behind is old; null takes the system's.</param>
    /// <exception cref="IOException">The directory or the key file cannot be used, or others can read the key.</exception>
    public DiskVerdictCache(string directory, long maxBytes = 512L << 20, TimeProvider? timeProvider = null)
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
        Load((timeProvider ?? TimeProvider.System).GetUtcNow().UtcDateTime);
        Sweep();
    }

    /// <summary>The directory for the user: below the local application data.</summary>
    public static string DefaultDirectory => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "sectool", "verdicts");

    /// <summary>The entries and segments that were damaged or forged, and were dropped.</summary>
    public long CorruptEntries => Interlocked.Read(ref _corruptEntries);

    /// <inheritdoc/>
    public byte[]? TryRead(CacheKey key)
    {
        if (!_entries.TryGetValue(key, out (VerdictSegment Segment, long Offset, int Length) place))
            return null;
        try
        {
            if (place.Segment.Read(place.Offset, place.Length) is { } entry && _cipher.TryOpen(key, entry) is { } value)
                return value;
            Interlocked.Increment(ref _corruptEntries);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The segment was swept away, or the disk fails: a miss.
        }

        _entries.TryRemove(new KeyValuePair<CacheKey, (VerdictSegment, long, int)>(key, place));
        return null;
    }

    /// <inheritdoc/>
    public void Write(CacheKey key, ReadOnlySpan<byte> value)
    {
        if (value.Length > VerdictSegment.MaxEntryLength - VerdictCipher.Overhead)
            return;
        byte[] entry = _cipher.Seal(key, value);
        lock (_gate)
        {
            if (Writable() is not { } segment)
                return;
            try
            {
                _entries[key] = (segment, segment.Append(key, entry), entry.Length);
                if (segment.Length >= Math.Min(MaxSegmentLength, Math.Max(1, _maxBytes / 8)))
                    Publish();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A cache that cannot be written costs time and nothing else.
                Abandon();
            }
        }
    }

    /// <inheritdoc/>
    byte[]? IContentIndex.TryGetContent(in FileIdentity identity) => _contents.TryGetValue(identity, out byte[]? digest) ? digest : null;

    /// <inheritdoc/>
    void IContentIndex.AddContent(in FileIdentity identity, ReadOnlySpan<byte> digest)
    {
        byte[] known = digest.ToArray();
        if (!_contents.TryAdd(identity, known))
            return;
        lock (_gate)
            Writable()?.Identities.Add((identity, known));
    }

    /// <summary>Publishes what was added and closes the cache.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            Publish();
            Merge();
            foreach (VerdictSegment segment in _segments)
                segment.Dispose();
            _segments.Clear();
            _current?.Dispose();
        }

        _cipher.Dispose();
    }

    private void Load(DateTime now)
    {
        foreach (FileInfo file in new DirectoryInfo(_directory).EnumerateFiles().OrderBy(static f => f.LastWriteTimeUtc).ThenBy(static f => f.Name, StringComparer.Ordinal).ToArray())
        {
            try
            {
                // Left behind by a process that was ended; a running one writes to its own at least once in a day.
                if (file.Extension == TemporaryExtension && now - file.LastWriteTimeUtc > TimeSpan.FromDays(1))
                    file.Delete();
                if (file.Extension != VerdictSegment.Extension)
                    continue;
                if (VerdictSegment.TryOpen(file.FullName, _cipher) is { } segment)
                {
                    Add(segment);
                    continue;
                }

                Interlocked.Increment(ref _corruptEntries);
                file.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process sweeps or merges; its new segment has the entries.
            }
        }
    }

    private void Add(VerdictSegment segment)
    {
        _segments.Add(segment);
        foreach ((CacheKey key, long offset, int length) in segment.Rows)
            _entries[key] = (segment, offset, length);
        foreach ((FileIdentity identity, byte[] digest) in segment.Identities)
            _contents[identity] = digest;
    }

    private VerdictSegment? Writable()
    {
        if (_current is not null || _disposed)
            return _disposed ? null : _current;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // On Windows the directory below the user's profile already keeps others out.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyOwner;
        try
        {
            return _current = VerdictSegment.Create(Path.Combine(_directory, Path.GetRandomFileName() + TemporaryExtension), options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A reader of the directory sees a complete segment or none.
    private void Publish()
    {
        if (_current is not { } segment)
            return;
        try
        {
            segment.Complete(_cipher);
            string path = Path.ChangeExtension(segment.Path, VerdictSegment.Extension);
            File.Move(segment.Path, path);
            segment.Path = path;
            _segments.Add(segment);
            _current = null;
            Sweep();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Abandon();
        }
    }

    private void Abandon()
    {
        if (_current is { } segment)
            Drop(segment);
        _current = null;
    }

    // The oldest segments go first, down to three quarters of the limit, so that a sweep is rare.
    private void Sweep()
    {
        long total = _segments.Sum(static s => s.Length);
        if (total <= _maxBytes)
            return;
        while (_segments.Count > 0 && total > _maxBytes / 4 * 3)
        {
            total -= _segments[0].Length;
            Drop(_segments[0]);
            _segments.RemoveAt(0);
        }
    }

    // Many short runs leave many small segments; one of them is enough.
    private void Merge()
    {
        VerdictSegment[] small = [.. _segments.Where(static s => s.Length < SmallSegmentLength)];
        if (small.Length <= MaxSmallSegments)
            return;
        _disposed = false;
        VerdictSegment? merged = Writable();
        _disposed = true;
        if (merged is null)
            return;
        try
        {
            foreach (VerdictSegment segment in small)
            {
                foreach ((CacheKey key, long offset, int length) in segment.Rows)
                {
                    if (_entries.TryGetValue(key, out (VerdictSegment Segment, long, int) place) && ReferenceEquals(place.Segment, segment) && segment.Read(offset, length) is { } entry)
                        merged.Append(key, entry);
                }

                merged.Identities.AddRange(segment.Identities);
            }

            Publish();
            if (_segments.Contains(merged))
            {
                foreach (VerdictSegment segment in small)
                {
                    Drop(segment);
                    _segments.Remove(segment);
                }
            }
        }
        catch (IOException)
        {
            Abandon();
        }
    }

    private void Drop(VerdictSegment segment)
    {
        segment.Dispose();
        foreach ((CacheKey key, long offset, int length) in segment.Rows)
            _entries.TryRemove(new KeyValuePair<CacheKey, (VerdictSegment, long, int)>(key, (segment, offset, length)));
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use by another process; it is swept later.
        }
    }
}
