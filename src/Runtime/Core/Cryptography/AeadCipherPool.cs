namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Lends the ciphers of one key. A cipher is not thread safe, and making one costs a key schedule; so idle ones wait in a few slots.
/// </summary>
internal sealed class AeadCipherPool : IDisposable
{
    private readonly SecureBuffer _key;
    private readonly AeadCipher?[] _idle = new AeadCipher?[Math.Max(2, Environment.ProcessorCount)];
    private int _disposed;

    /// <summary>Copies the key into a <see cref="SecureBuffer"/>.</summary>
    public AeadCipherPool(AeadAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        Algorithm = algorithm;
        // Made here and not at the first message, so that an algorithm that the platform lacks is an error at start.
        _idle[0] = AeadCipher.Create(algorithm, key);
        _key = new SecureBuffer(key);
    }

    public AeadAlgorithm Algorithm { get; }

    /// <summary>The key's buffer, for tests that look at what is left in memory.</summary>
    internal SecureBuffer Key => _key;

    public AeadCipher Rent()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, typeof(AeadEncryption));
        for (int i = 0; i < _idle.Length; i++)
        {
            AeadCipher? idle = Interlocked.Exchange(ref _idle[i], null);
            if (idle is not null)
                return idle;
        }

        lock (_key)
        {
            ObjectDisposedException.ThrowIf(_key.IsDisposed, typeof(AeadEncryption));
            return AeadCipher.Create(Algorithm, _key.Span);
        }
    }

    public void Return(AeadCipher cipher)
    {
        for (int i = 0; i < _idle.Length && Volatile.Read(ref _disposed) == 0; i++)
        {
            if (Interlocked.CompareExchange(ref _idle[i], cipher, null) is null)
            {
                // Dispose may have emptied the slots between the look at the flag and the exchange.
                if (Volatile.Read(ref _disposed) != 0)
                    Interlocked.Exchange(ref _idle[i], null)?.Dispose();
                return;
            }
        }

        cipher.Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        lock (_key)
            _key.Dispose();
        for (int i = 0; i < _idle.Length; i++)
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
    }
}
