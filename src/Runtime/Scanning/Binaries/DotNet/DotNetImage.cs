using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>The CLR header of a managed PE file (ECMA-335 II.25.3.3).</summary>
internal readonly record struct DotNetImage(uint Flags, long MetadataOffset, int MetadataLength, long ResourcesOffset, long ResourcesLength, bool HasStrongName, bool IsReadyToRun)
{
    public static DotNetImage? TryRead(ReadOnlySpan<byte> bytes, PeImage image)
    {
        var reader = new SpanReader(bytes);
        long header = image.ToOffset(image.Directories[14].Address);
        if (header < 0 || !reader.Contains(header, 72))
            return null;
        long metadata = image.ToOffset(reader.UInt32(header + 8));
        uint length = reader.UInt32(header + 12);
        if (metadata < 0 || length < 16 || !reader.Contains(metadata, length) || reader.UInt32(metadata) != 0x424A5342)
            return null;
        uint resources = reader.UInt32(header + 24);
        bool readyToRun = image.ToOffset(reader.UInt32(header + 64)) is var native and >= 0 && reader.UInt32(header + 64) != 0 && reader.UInt32(native) == 0x00525452;
        return new DotNetImage(
            reader.UInt32(header + 16), metadata, (int)length, resources == 0 ? -1 : image.ToOffset(resources), reader.UInt32(header + 28), reader.UInt32(header + 32) != 0, readyToRun);
    }

    /// <summary>Whether all code is IL or was compiled from it ahead of time. Such native code has the runtime's own protection and none of the C++ compiler's.</summary>
    public static bool IsManagedOnly(ReadOnlySpan<byte> bytes, PeImage image) => TryRead(bytes, image) is { } header && ((header.Flags & 1) != 0 || header.IsReadyToRun);
}
