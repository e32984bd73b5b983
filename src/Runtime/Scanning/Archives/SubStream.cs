using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>A part of a seekable stream. Reads move the position of the outer stream, so only one part is read at a time.</summary>
internal sealed class SubStream(Stream outer, long start, long length) : ViewStream(length)
{
    protected override int ReadAt(long position, Span<byte> buffer)
    {
        outer.Position = start + position;
        return outer.Read(buffer[..(int)Math.Min(buffer.Length, Length - position)]);
    }
}
