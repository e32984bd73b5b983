using System.Collections.Concurrent;
using System.Text;
using SecurityToolchain.Runtime.Cryptography;

namespace HardenedService.Notes;

/// <summary>Notes in memory, as they would lie in a database: encrypted, each bound to its owner and its number.</summary>
public sealed class NoteStore(AeadKeyRing keys)
{
    private readonly ConcurrentDictionary<(string Owner, int Number), byte[]> _envelopes = new();

    public IReadOnlyDictionary<(string Owner, int Number), byte[]> Envelopes => _envelopes;

    public void Save(string owner, int number, ReadOnlySpan<byte> text) => _envelopes[(owner, number)] = keys.Encrypt(text, Bind(owner, number));

    public byte[]? Find(string owner, int number) =>
        _envelopes.TryGetValue((owner, number), out byte[]? envelope) ? keys.Decrypt(envelope, Bind(owner, number)) : null;

    private static byte[] Bind(string owner, int number) => Encoding.UTF8.GetBytes($"note/{number}/{owner}");
}
