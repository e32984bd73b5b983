using BenchmarkDotNet.Attributes;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Benchmarks;

/// <summary>What a password check costs the server.</summary>
[ShortRunJob]
public class Argon2Benchmarks
{
    private readonly byte[] _salt = new byte[16];
    private readonly byte[] _output = new byte[32];

    [Benchmark]
    public byte[] Argon2id19MiB()
    {
        Argon2id.DeriveKey("correct horse battery staple"u8, _salt, Argon2Parameters.Default, _output);
        return _output;
    }
}
