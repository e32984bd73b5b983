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
    private readonly Dictionary<(string Name, AeadAlgorithm Algorithm), LinkedListNode<Entry>> _entries = [];
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
    /// <param name="name">Name of the key, such as a tenant and a version. Two purposes need two names.</param>
    /// <param name="load">
    /// Returns the key, 32 bytes; the cache disposes the buffer. Several callers who miss at once cause one call, and only they wait for it.
    /// What it throws goes to all of them, and nothing is kept.
    /// </param>
    /// <param name="algorithm">How messages are encrypted. One name under two algorithms is two entries.</param>
    /// <returns>A lease: the key is not wiped before it is disposed, even if it is evicted meanwhile.</returns>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    /// <exception cref="ArgumentException">The name is empty, or the key that was loaded is not 32 bytes long.</exception>
    public Lease Rent(string name, Func<string, SecureBuffer> load, AeadAlgorithm algorithm = AeadAlgorithm.Aes256Gcm)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(load);
        Entry entry = Borrow(name, load, algorithm);
        try
        {
            // Outside the lock: a key service that is slow for one tenant must not stop the others.
            _ = entry.Encryption;
            return new Lease(this, entry);
        }
        catch
        {
            Discard(entry);
            throw;
        }
    }

    /// <summary>Removes a key, for example because it was revoked. It is wiped as soon as nobody borrows it.</summary>
    /// <param name="name">Name of the key, under whatever algorithm.</param>
    /// <returns>Whether it was here.</returns>
    public bool Evict(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        bool found = false;
        lock (_change)
        {
            foreach (AeadAlgorithm algorithm in Enum.GetValues<AeadAlgorithm>())
            {
                if (!_entries.TryGetValue((name, algorithm), out LinkedListNode<Entry>? node))
                    continue;
                Remove(node);
                found = true;
            }
        }

        return found;
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

    private Entry Borrow(string name, Func<string, SecureBuffer> load, AeadAlgorithm algorithm)
    {
        lock (_change)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_entries.TryGetValue((name, algorithm), out LinkedListNode<Entry>? node))
            {
                _byUse.Remove(node);
            }
            else
            {
                node = new LinkedListNode<Entry>(new Entry(name, algorithm, load));
                _entries.Add((name, algorithm), node);
                if (_entries.Count > Capacity)
                    Remove(_byUse.Last!);
            }

            _byUse.AddFirst(node);
            node.Value.Borrowers++;
            return node.Value;
        }
    }

    /// <summary>Takes an entry whose key could not be loaded out again, so that the next caller tries anew.</summary>
    private void Discard(Entry entry)
    {
        lock (_change)
        {
            if (_entries.TryGetValue((entry.Name, entry.Algorithm), out LinkedListNode<Entry>? node) && ReferenceEquals(node.Value, entry))
                Remove(node);
        }

        Return(entry);
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove((node.Value.Name, node.Value.Algorithm));
        node.Value.IsEvicted = true;
        if (node.Value.Borrowers == 0)
            node.Value.Wipe();
    }

    private void Return(Entry entry)
    {
        lock (_change)
        {
            entry.Borrowers--;
            if (entry.IsEvicted && entry.Borrowers == 0)
                entry.Wipe();
        }
    }

    internal sealed class Entry(string name, AeadAlgorithm algorithm, Func<string, SecureBuffer> load)
    {
        private readonly Lazy<AeadEncryption> _encryption = new(() =>
        {
            using SecureBuffer key = load(name);
            return new AeadEncryption(key.Span, algorithm);
        });

        public string Name => name;

        public AeadAlgorithm Algorithm => algorithm;

        public AeadEncryption Encryption => _encryption.Value;

        public int Borrowers { get; set; }

        public bool IsEvicted { get; set; }

        public void Wipe()
        {
            if (_encryption.IsValueCreated)
                _encryption.Value.Dispose();
        }
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
