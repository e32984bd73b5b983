using System.Numerics;
using System.Reflection.Metadata;
using System.Runtime.InteropServices;
using System.Text;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>
/// Decodes names of metadata and gives equal names as one string where it can. Assemblies of a tree name the same types and members over
/// and over; without this, their names are most of what a scan allocates. Thread-safe.
/// </summary>
/// <remarks>
/// A table with one place for each hash: a newer name takes the place of an older one, so hostile files cannot make it grow. Threads may
/// overwrite each other's names; a reader compares the bytes, so the worst is a name that is decoded again.
/// </remarks>
internal sealed class SharedNames : MetadataStringDecoder
{
    private const int SizeBits = 15, MaxLength = 96;

    private readonly string?[] _names = new string?[1 << SizeBits];

    private SharedNames()
        : base(Encoding.UTF8)
    {
    }

    /// <summary>The table of the process.</summary>
    public static SharedNames Instance { get; } = new();

    /// <inheritdoc/>
    public override unsafe string GetString(byte* bytes, int byteCount)
    {
        var name = new ReadOnlySpan<byte>(bytes, byteCount);
        if (name.Length is 0 or > MaxLength)
            return base.GetString(bytes, byteCount);
        ref string? place = ref _names[Hash(name)];
        if (place is { } known && Ascii.Equals(name, known))
            return known;
        string text = base.GetString(bytes, byteCount);
        // A name with other than ASCII characters would never be found again.
        if (text.Length == byteCount)
            place = text;
        return text;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        unchecked
        {
            ulong hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
            while (name.Length >= sizeof(ulong))
            {
                hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(name)) * 0xD6E8FEB86659FD93, 29);
                name = name[sizeof(ulong)..];
            }

            foreach (byte value in name)
                hash = (hash ^ value) * 0x100000001B3;
            return (int)((hash * 0x9E3779B97F4A7C15) >> (64 - SizeBits));
        }
    }
}
