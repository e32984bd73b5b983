namespace SecurityToolchain.Scanning.History;

/// <summary>Applies the deltas of pack files.</summary>
internal static class GitDelta
{
    /// <summary>Makes the object that a delta describes.</summary>
    /// <param name="source">The object that the delta was made against.</param>
    /// <param name="delta">The delta.</param>
    /// <param name="maxLength">The largest result in bytes.</param>
    public static byte[] Apply(ReadOnlySpan<byte> source, ReadOnlySpan<byte> delta, long maxLength)
    {
        int at = 0;
        if (ReadLength(delta, ref at) != source.Length)
            throw Malformed();
        long length = ReadLength(delta, ref at);
        if (length > maxLength)
            throw new GitFormatException(ScanIssueKind.Limit, $"An object has {length} bytes; {maxLength} are read.");
        byte[] result = new byte[length];
        int written = 0;
        while (at < delta.Length)
        {
            byte command = delta[at++];
            ReadOnlySpan<byte> piece;
            if ((command & 0x80) != 0)
            {
                long offset = ReadPacked(delta, ref at, command & 0xF, 4), count = ReadPacked(delta, ref at, (command >> 4) & 7, 3);
                if (count == 0)
                    count = 0x10000;
                if (offset > source.Length || count > source.Length - offset)
                    throw Malformed();
                piece = source.Slice((int)offset, (int)count);
            }
            else
            {
                if (command == 0 || command > delta.Length - at)
                    throw Malformed();
                piece = delta.Slice(at, command);
                at += command;
            }

            if (piece.Length > result.Length - written)
                throw Malformed();
            piece.CopyTo(result.AsSpan(written));
            written += piece.Length;
        }

        return written == result.Length ? result : throw Malformed();
    }

    private static long ReadLength(ReadOnlySpan<byte> delta, ref int at)
    {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7)
        {
            if (at >= delta.Length)
                throw Malformed();
            byte part = delta[at++];
            value |= (long)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return value;
        }

        throw Malformed();
    }

    // Only the bytes whose bit is set are there.
    private static long ReadPacked(ReadOnlySpan<byte> delta, ref int at, int bits, int count)
    {
        long value = 0;
        for (int i = 0; i < count; i++)
        {
            if ((bits & (1 << i)) == 0)
                continue;
            if (at >= delta.Length)
                throw Malformed();
            value |= (long)delta[at++] << (8 * i);
        }

        return value;
    }

    private static GitFormatException Malformed() => new(ScanIssueKind.Malformed, "A delta is malformed.");
}
