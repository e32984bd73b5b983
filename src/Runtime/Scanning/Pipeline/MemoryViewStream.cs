namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>A read-only stream over memory that need not be an array.</summary>
internal sealed class MemoryViewStream(ReadOnlyMemory<byte> memory) : ViewStream(memory.Length)
{
    protected override int ReadAt(long position, Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, memory.Length - position);
        memory.Span.Slice((int)position, count).CopyTo(buffer);
        return count;
    }
}
