using System.Buffers.Binary;
using System.Security.Cryptography;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>The undocumented record of build tools that Microsoft's linker leaves between the DOS stub and the PE header.</summary>
internal static class PeRichHeader
{
    /// <summary>MD5 over the decoded record without its key, as signature tools compute it.</summary>
    public static string? Hash(ReadOnlySpan<byte> bytes, uint peOffset)
    {
        var reader = new SpanReader(bytes);
        ReadOnlySpan<byte> stub = reader.SliceUpTo(0x40, (long)Math.Min(peOffset, 4096) - 0x40);
        int rich = stub.LastIndexOf("Rich"u8);
        if (rich < 0 || rich + 8 > stub.Length)
            return null;
        uint key = BinaryPrimitives.ReadUInt32LittleEndian(stub[(rich + 4)..]);
        int start = -1;
        for (int at = rich - 4; at >= 0; at -= 4)
        {
            if ((BinaryPrimitives.ReadUInt32LittleEndian(stub[at..]) ^ key) == 0x536E6144)
            {
                start = at;
                break;
            }
        }

        if (start < 0)
            return null;
        byte[] clear = stub[start..rich].ToArray();
        for (int at = 0; at + 4 <= clear.Length; at += 4)
            BinaryPrimitives.WriteUInt32LittleEndian(clear.AsSpan(at), BinaryPrimitives.ReadUInt32LittleEndian(clear.AsSpan(at)) ^ key);
#pragma warning disable CA5351 // The hash is defined over MD5; it is an indicator to look up, not a proof.
        return Convert.ToHexStringLower(MD5.HashData(clear));
#pragma warning restore CA5351
    }
}
