using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Benchmarks;

/// <summary>A batch against the same messages one after the other. Bar: 1.7 times as fast on two processors.</summary>
[ShortRunJob]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls CleanUp.")]
public class BatchBenchmarks
{
    private readonly AeadEncryption _encryption = new(AeadEncryption.GenerateKey());
    private readonly ReadOnlyMemory<byte>[] _items =
        Enumerable.Range(0, 2_000).Select(static _ => (ReadOnlyMemory<byte>)RandomNumberGenerator.GetBytes(16 * 1024)).ToArray();

    [Benchmark(Baseline = true)]
    public int OneByOne()
    {
        byte[][] envelopes = new byte[_items.Length][];
        for (int i = 0; i < envelopes.Length; i++)
            envelopes[i] = _encryption.Encrypt(_items[i].Span);
        return envelopes.Length;
    }

    [Benchmark]
    public int Batch() => AeadBatch.Encrypt(_encryption, _items).Length;

    [GlobalCleanup]
    public void CleanUp()
    {
        _encryption.Dispose();
    }
}
