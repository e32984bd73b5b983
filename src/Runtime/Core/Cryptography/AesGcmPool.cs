using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Lends <see cref="AesGcm"/> objects of one key. <see cref="AesGcm"/> is not thread safe (on OpenSSL two calls share a context), and making
/// one costs a key schedule; so idle ones wait in a few slots.
/// </summary>
internal sealed class AesGcmPool : IDisposable
{
    private readonly SecureBuffer _key;
    private readonly AesGcm?[] _idle = new AesGcm?[Math.Max(2, Environment.ProcessorCount)];
    private int _disposed;

    /// <summary>Copies the key into a <see cref="SecureBuffer"/>.</summary>
    public AesGcmPool(ReadOnlySpan<byte> key) => _key = new SecureBuffer(key);

    /// <summary>The key's buffer, for tests that look at what is left in memory.</summary>
    internal SecureBuffer Key => _key;

    public AesGcm Rent()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, typeof(AeadEncryption));
        for (int i = 0; i < _idle.Length; i++)
        {
            AesGcm? idle = Interlocked.Exchange(ref _idle[i], null);
            if (idle is not null)
                return idle;
        }

        lock (_key)
        {
            ObjectDisposedException.ThrowIf(_key.IsDisposed, typeof(AeadEncryption));
            return new AesGcm(_key.Span, AeadEncryption.TagSizeInBytes);
        }
    }

    public void Return(AesGcm cipher)
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
