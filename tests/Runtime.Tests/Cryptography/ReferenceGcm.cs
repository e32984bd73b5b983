using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

/// <summary>
/// GCM written from SP 800-38D, bit by bit, over the AES block function: slow and independent of the platform's GCM.
/// </summary>
internal static class ReferenceGcm
{
    public static (byte[] Ciphertext, byte[] Tag) Encrypt(byte[] key, byte[] nonce, byte[] plaintext, byte[] associatedData)
    {
        byte[] ciphertext = Counter(key, nonce, plaintext);
        return (ciphertext, Tag(key, nonce, ciphertext, associatedData));
    }

    public static byte[]? Decrypt(byte[] key, byte[] nonce, byte[] ciphertext, byte[] tag, byte[] associatedData) =>
        Tag(key, nonce, ciphertext, associatedData).AsSpan().SequenceEqual(tag) ? Counter(key, nonce, ciphertext) : null;

    private static byte[] Counter(byte[] key, byte[] nonce, byte[] input)
    {
        byte[] output = new byte[input.Length];
        for (int block = 0; block * 16 < input.Length; block++)
        {
            byte[] stream = Block(key, CounterBlock(nonce, (uint)block + 2));
            for (int i = 0; i < 16 && (block * 16) + i < input.Length; i++)
                output[(block * 16) + i] = (byte)(input[(block * 16) + i] ^ stream[i]);
        }

        return output;
    }

    private static byte[] Tag(byte[] key, byte[] nonce, byte[] ciphertext, byte[] associatedData)
    {
        UInt128 hashKey = BinaryPrimitives.ReadUInt128BigEndian(Block(key, new byte[16]));
        UInt128 state = Absorb(0, associatedData, hashKey);
        state = Absorb(state, ciphertext, hashKey);
        state = Multiply(state ^ new UInt128((ulong)associatedData.Length * 8, (ulong)ciphertext.Length * 8), hashKey);
        state ^= BinaryPrimitives.ReadUInt128BigEndian(Block(key, CounterBlock(nonce, 1)));
        byte[] tag = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(tag, state);
        return tag;
    }

    private static UInt128 Absorb(UInt128 state, byte[] data, UInt128 hashKey)
    {
        for (int offset = 0; offset < data.Length; offset += 16)
        {
            byte[] block = new byte[16];
            data.AsSpan(offset, Math.Min(16, data.Length - offset)).CopyTo(block);
            state = Multiply(state ^ BinaryPrimitives.ReadUInt128BigEndian(block), hashKey);
        }

        return state;
    }

    private static UInt128 Multiply(UInt128 x, UInt128 y)
    {
        UInt128 product = 0;
        UInt128 reduction = new(0xE100000000000000, 0);
        for (int bit = 127; bit >= 0; bit--)
        {
            if (((x >> bit) & 1) != 0)
                product ^= y;
            y = (y & 1) != 0 ? (y >> 1) ^ reduction : y >> 1;
        }

        return product;
    }

    private static byte[] CounterBlock(byte[] nonce, uint counter)
    {
        byte[] block = new byte[16];
        nonce.CopyTo(block, 0);
        BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(12), counter);
        return block;
    }

    private static byte[] Block(byte[] key, byte[] block)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(block, PaddingMode.None);
    }
}
