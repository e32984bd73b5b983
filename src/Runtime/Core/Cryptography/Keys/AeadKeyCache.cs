namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Keeps the encryptions of recently used keys, at most so many, and wipes the one that was not used for longest. Keys are found by a
/// name of the caller's; no key is ever a dictionary key. All members may be used by several threads at once.
/// </summary>
public sealed class AeadKeyCache : IDisposable
{
    /// <summary>Keys that a cache holds by default: 256.</summary>
    public const int DefaultCapacity = 256;

    private readonly Lock _change = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();
    private bool _disposed;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="capacity">1 to 65,536 keys. Default 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public AeadKeyCache(int capacity = DefaultCapacity)
    {
        if (capacity is < 1 or > 65_536)
            throw Error.OutOfRange(nameof(capacity), "The capacity of a key cache", 1, 65_536, capacity);
        Capacity = capacity;
    }

    /// <summary>Most keys held.</summary>
    public int Capacity { get; }

    /// <summary>Keys held now.</summary>
    public int Count
    {
        get
        {
            lock (_change)
                return _entries.Count;
        }
    }

    /// <summary>Lends the encryption of a key, loading the key if it is not here.</summary>
    /// <param name="name">Name of the key, such as a tenant and a version. Two algorithms or purposes need two names.</param>
    /// <param name="load">Returns the key, 32 bytes; the cache disposes the buffer. Called at most once per load, under a lock.</param>
    /// <returns>A lease: the key is not wiped before it is disposed, even if it is evicted meanwhile.</returns>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    public Lease Rent(string name, Func<string, SecureBuffer> load)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(load);
        lock (_change)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_entries.TryGetValue(name, out LinkedListNode<Entry>? node))
            {
                _byUse.Remove(node);
            }
            else
            {
                node = new LinkedListNode<Entry>(new Entry(name, load));
                _entries.Add(name, node);
                if (_entries.Count > Capacity)
                    Remove(_byUse.Last!);
            }

            _byUse.AddFirst(node);
            node.Value.Borrowers++;
            return new Lease(this, node.Value);
        }
    }

    /// <summary>Removes a key, for example because it was revoked. It is wiped as soon as nobody borrows it.</summary>
    /// <param name="name">Name of the key.</param>
    /// <returns>Whether it was here.</returns>
    public bool Evict(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_change)
        {
            if (!_entries.TryGetValue(name, out LinkedListNode<Entry>? node))
                return false;
            Remove(node);
            return true;
        }
    }

    /// <summary>Removes all keys. Those on loan are wiped when they come back.</summary>
    public void Dispose()
    {
        lock (_change)
        {
            _disposed = true;
            while (_byUse.Last is { } node)
                Remove(node);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Name);
        node.Value.IsEvicted = true;
        if (node.Value.Borrowers == 0)
            node.Value.Encryption.Dispose();
    }

    private void Return(Entry entry)
    {
        lock (_change)
        {
            entry.Borrowers--;
            if (entry.IsEvicted && entry.Borrowers == 0)
                entry.Encryption.Dispose();
        }
    }

    internal sealed class Entry
    {
        public Entry(string name, Func<string, SecureBuffer> load)
        {
            Name = name;
            using SecureBuffer key = load(name);
            Encryption = new AeadEncryption(key.Span);
        }

        public string Name { get; }

        public AeadEncryption Encryption { get; }

        public int Borrowers { get; set; }

        public bool IsEvicted { get; set; }
    }

    /// <summary>A key on loan from an <see cref="AeadKeyCache"/>.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly AeadKeyCache _cache;
        private Entry? _entry;

        internal Lease(AeadKeyCache cache, Entry entry)
        {
            _cache = cache;
            _entry = entry;
        }

        /// <summary>The encryption under the key. Do not dispose it; dispose the lease.</summary>
        /// <exception cref="ObjectDisposedException">The lease is disposed.</exception>
        public AeadEncryption Encryption => (_entry ?? throw new ObjectDisposedException(nameof(Lease))).Encryption;

        /// <summary>Gives the key back. Further calls do nothing.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _entry, null) is { } entry)
                _cache.Return(entry);
        }
    }
}
