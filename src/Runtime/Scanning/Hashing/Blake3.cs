using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics.X86;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>
/// BLAKE3 with its three modes (hash, keyed hash, key derivation) and any output length. Bulk data goes through an eight-lane AVX2 kernel
/// where the processor has it; results do not depend on that. Belongs to one thread.
/// </summary>
/// <remarks>
/// Reference: J. O'Connor, J.-P. Aumasson, S. Neves, Z. Wilcox-O'Hearn, "BLAKE3: one function, fast everywhere", 2021-11-05.
/// Parameters: 1,024-byte chunks of 64-byte blocks, 32-byte chaining values, 7 rounds; chunks are the leaves of a binary tree.
/// </remarks>
public sealed class Blake3 : IContentConsumer
{
    /// <summary>The length of the default output in bytes.</summary>
    public const int HashSizeInBytes = 32;

    /// <summary>The length of a key in bytes.</summary>
    public const int KeySizeInBytes = 32;

    internal const int BlockLength = 64;
    internal const int ChunkLength = 1024;
    internal const int BatchLength = 16 * ChunkLength;

    private readonly uint[] _key = new uint[8];
    private readonly uint _modeFlags;
    private readonly bool _vectorized;

    // The stack of finished subtrees: at most one for each bit of the chunk counter.
    private readonly uint[] _stack = new uint[55 * 8];
    private int _stackLength;

    private readonly uint[] _chunkValue = new uint[8];
    private readonly byte[] _block = new byte[BlockLength];
    private int _blockLength;
    private int _blocksDone;
    private ulong _chunkCounter;

    /// <summary>Creates a hasher without a key.</summary>
    public Blake3()
        : this(Blake3Compression.Iv, 0, Avx2.IsSupported)
    {
    }

    internal Blake3(ReadOnlySpan<uint> key, uint modeFlags, bool vectorized)
    {
        key.CopyTo(_key);
        _modeFlags = modeFlags;
        _vectorized = vectorized;
        key.CopyTo(_chunkValue);
    }

    /// <summary>Creates a keyed hasher: a message authentication code without length extension.</summary>
    /// <param name="key">32 bytes.</param>
    public static Blake3 CreateKeyed(ReadOnlySpan<byte> key) => new(KeyWords(key), Blake3Compression.KeyedHash, Avx2.IsSupported);

    /// <summary>Creates a key derivation; append the key material.</summary>
    /// <param name="context">A hard-coded, globally unique text that says what the key is for.</param>
    public static Blake3 CreateDeriveKey(string context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inner = new Blake3(Blake3Compression.Iv, Blake3Compression.DeriveKeyContext, Avx2.IsSupported);
        inner.Append(System.Text.Encoding.UTF8.GetBytes(context));
        Span<byte> contextKey = stackalloc byte[KeySizeInBytes];
        inner.Finish(contextKey);
        return new Blake3(KeyWords(contextKey), Blake3Compression.DeriveKeyMaterial, Avx2.IsSupported);
    }

    /// <summary>Hashes in one call.</summary>
    /// <param name="data">The data.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        var hasher = new Blake3();
        hasher.Append(data);
        byte[] result = new byte[HashSizeInBytes];
        hasher.Finish(result);
        return result;
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> block)
    {
        while (!block.IsEmpty)
        {
            // More input follows, so a full chunk is not the last one.
            if (_blockLength == BlockLength && _blocksDone == 15)
                FinishChunk();
            bool atChunkStart = _blockLength == 0 && _blocksDone == 0;
            // A batch never takes the last byte: the root needs to know that it is the last.
            if (_vectorized && atChunkStart && block.Length > BatchLength && _chunkCounter % 16 == 0)
            {
                AppendBatch(block[..BatchLength]);
                block = block[BatchLength..];
                continue;
            }

            if (_blockLength == BlockLength)
                CompressBlock();
            int take = Math.Min(BlockLength - _blockLength, block.Length);
            block[..take].CopyTo(_block.AsSpan(_blockLength));
            _blockLength += take;
            block = block[take..];
        }
    }

    /// <summary>Writes the output. The hasher can take more data afterwards.</summary>
    /// <param name="output">Any length; shorter outputs are prefixes of longer ones.</param>
    public void Finish(Span<byte> output)
    {
        Span<uint> value = stackalloc uint[8];
        Span<uint> words = stackalloc uint[16];
        _chunkValue.CopyTo(value);
        byte[] padded = new byte[BlockLength];
        _block.AsSpan(0, _blockLength).CopyTo(padded);
        Blake3Compression.LoadWords(padded, words);
        uint flags = _modeFlags | Blake3Compression.ChunkEnd | (_blocksDone == 0 ? Blake3Compression.ChunkStart : 0);
        ulong counter = _chunkCounter;
        uint length = (uint)_blockLength;

        Span<uint> full = stackalloc uint[16];
        for (int i = _stackLength - 1; i >= 0; i--)
        {
            Blake3Compression.Compress(value, words, counter, length, flags, full);
            _stack.AsSpan(i * 8, 8).CopyTo(words);
            full[..8].CopyTo(words[8..]);
            _key.CopyTo(value);
            flags = _modeFlags | Blake3Compression.Parent;
            counter = 0;
            length = BlockLength;
        }

        Span<byte> outputBlock = stackalloc byte[BlockLength];
        for (ulong number = 0; !output.IsEmpty; number++)
        {
            // The counter of the root is the number of the output block, for a single chunk too.
            Blake3Compression.Compress(value, words, number, length, flags | Blake3Compression.Root, full);
            for (int i = 0; i < 16; i++)
                BinaryPrimitives.WriteUInt32LittleEndian(outputBlock[(i * 4)..], full[i]);
            int take = Math.Min(BlockLength, output.Length);
            outputBlock[..take].CopyTo(output);
            output = output[take..];
        }
    }

    private static uint[] KeyWords(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySizeInBytes)
            throw new ArgumentException($"A BLAKE3 key has {KeySizeInBytes} bytes, not {key.Length}.", nameof(key));
        uint[] words = new uint[8];
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(i * 4)..]);
        return words;
    }

    private void CompressBlock()
    {
        Span<uint> words = stackalloc uint[16];
        Span<uint> full = stackalloc uint[16];
        Blake3Compression.LoadWords(_block, words);
        uint flags = _modeFlags | (_blocksDone == 0 ? Blake3Compression.ChunkStart : 0);
        Blake3Compression.Compress(_chunkValue, words, _chunkCounter, BlockLength, flags, full);
        full[..8].CopyTo(_chunkValue);
        _blocksDone++;
        _blockLength = 0;
    }

    private void FinishChunk()
    {
        Span<uint> words = stackalloc uint[16];
        Span<uint> full = stackalloc uint[16];
        Blake3Compression.LoadWords(_block, words);
        uint flags = _modeFlags | Blake3Compression.ChunkEnd | (_blocksDone == 0 ? Blake3Compression.ChunkStart : 0);
        Blake3Compression.Compress(_chunkValue, words, _chunkCounter, BlockLength, flags, full);
        _blockLength = 0;
        _blocksDone = 0;
        _key.CopyTo(_chunkValue, 0);
        _chunkCounter++;
        Push(full[..8], _chunkCounter);
    }

    private void AppendBatch(ReadOnlySpan<byte> batch)
    {
        Span<uint> root = stackalloc uint[8];
        Blake3Avx2.HashSubtree(batch, _key, _chunkCounter, _modeFlags, root);
        _chunkCounter += 16;
        Push(root, _chunkCounter / 16);
    }

    // A subtree is complete when the number of leaves has a trailing zero bit: then it merges with its left neighbour.
    private void Push(Span<uint> value, ulong leaves)
    {
        Span<uint> words = stackalloc uint[16];
        Span<uint> full = stackalloc uint[16];
        for (int merges = BitOperations.TrailingZeroCount(leaves); merges > 0; merges--)
        {
            _stackLength--;
            _stack.AsSpan(_stackLength * 8, 8).CopyTo(words);
            value.CopyTo(words[8..]);
            Blake3Compression.Compress(_key, words, 0, BlockLength, _modeFlags | Blake3Compression.Parent, full);
            full[..8].CopyTo(value);
        }

        value.CopyTo(_stack.AsSpan(_stackLength * 8, 8));
        _stackLength++;
    }
}
