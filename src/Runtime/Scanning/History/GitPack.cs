using System.Buffers.Binary;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.History;

/// <summary>One pack file with its index (version 2). Read with positioned reads, so all threads share it.</summary>
/// <remarks>Reference: gitformat-pack(5).</remarks>
internal sealed class GitPack : IDisposable
{
    private const int HeaderLength = 8, FanOutLength = 256 * 4;
    private const int BlockEntries = 128;
    private const int MaxDeltaChain = 4095;
    private const int OffsetDelta = 6, ReferenceDelta = 7;

    private readonly OpenedFile _index, _pack;
    private readonly uint[] _fanOut;
    private readonly int _idLength;
    private readonly long _count;
    private readonly GitObjectCache _cache;
    private readonly int _number;

    private GitPack(OpenedFile index, OpenedFile pack, uint[] fanOut, int idLength, GitObjectCache cache, int number)
    {
        (_index, _pack, _fanOut, _idLength, _cache, _number) = (index, pack, fanOut, idLength, cache, number);
        _count = fanOut[255];
    }

    /// <summary>Opens a pack.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="directory">The directory with the objects.</param>
    /// <param name="name">The file name of the index.</param>
    /// <param name="cache">The cache for objects that deltas start from.</param>
    /// <param name="number">The number of the pack in the cache.</param>
    /// <exception cref="GitFormatException">The index or the pack cannot be used.</exception>
    public static GitPack Open(GitDirectory repository, string directory, string name, GitObjectCache cache, int number)
    {
        OpenedFile index = repository.Open(directory, "pack/" + name);
        OpenedFile? pack = null;
        try
        {
            if (index.Handle is null)
                throw new GitFormatException(index.Problem, $"The pack index '{name}' cannot be read.");
            pack = repository.Open(directory, "pack/" + Path.ChangeExtension(name, ".pack"));
            if (pack.Handle is null)
                throw new GitFormatException(pack.Problem, $"The pack of the index '{name}' cannot be read.");
            uint[] fanOut = ReadFanOut(index, name, repository.IdLength);
            var result = new GitPack(index, pack, fanOut, repository.IdLength, cache, number);
            pack = null;
            index = null!;
            return result;
        }
        finally
        {
            index?.Dispose();
            pack?.Dispose();
        }
    }

    /// <summary>Finds the offset of an object.</summary>
    /// <returns>The offset in the pack, or -1.</returns>
    public long Find(GitObjectId id)
    {
        long low = id.FirstByte == 0 ? 0 : _fanOut[id.FirstByte - 1], high = _fanOut[id.FirstByte];
        Span<byte> wanted = stackalloc byte[GitObjectId.Sha256Length];
        id.CopyTo(wanted);
        wanted = wanted[.._idLength];
        Span<byte> block = stackalloc byte[BlockEntries * GitObjectId.Sha256Length];
        while (high - low > BlockEntries)
        {
            long middle = low + ((high - low) / 2);
            ReadIndex(block[.._idLength], IdPosition(middle));
            if (wanted.SequenceCompareTo(block[.._idLength]) < 0)
                high = middle;
            else
                low = middle;
        }

        int count = (int)(high - low);
        if (count <= 0)
            return -1;
        ReadIndex(block[..(count * _idLength)], IdPosition(low));
        for (int i = 0; i < count; i++)
        {
            if (wanted.SequenceEqual(block.Slice(i * _idLength, _idLength)))
                return OffsetOf(low + i);
        }

        return -1;
    }

    /// <summary>Reads the object at an offset.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="maxLength">The largest object in bytes, and the largest that its deltas go through.</param>
    /// <param name="budget">Pays for every byte that is made.</param>
    public GitObject Read(long offset, long maxLength, WorkBudget budget)
    {
        var deltas = new Stack<(long Offset, byte[] Delta)>();
        GitObject current;
        while (true)
        {
            if (_cache.TryGet(_number, offset, out current))
                break;
            (int type, long length, long start, long baseOffset) = ReadHeader(offset);
            if (length > maxLength)
                throw new GitFormatException(ScanIssueKind.Limit, $"An object has {length} bytes; {maxLength} are read.");
            budget.Spend("git-objects", length);
            byte[] content = GitInflater.Inflate(_pack.Handle!, _pack.Length, start, length);
            if (type is >= 1 and <= 4)
            {
                current = new GitObject((GitObjectKind)type, content);
                _cache.Add(_number, offset, current);
                break;
            }

            if (deltas.Count >= MaxDeltaChain)
                throw new GitFormatException(ScanIssueKind.Malformed, $"A chain of deltas is longer than {MaxDeltaChain}.");
            deltas.Push((offset, content));
            offset = baseOffset;
        }

        while (deltas.TryPop(out (long Offset, byte[] Delta) step))
        {
            current = new GitObject(current.Kind, GitDelta.Apply(current.Content, step.Delta, maxLength));
            budget.Spend("git-objects", current.Content.Length);
            _cache.Add(_number, step.Offset, current);
        }

        return current;
    }

    /// <summary>The first bytes of an object that is not stored as a delta, or null.</summary>
    public byte[]? TryReadHead(long offset, int maxLength)
    {
        (int type, _, long start, _) = ReadHeader(offset);
        return type is >= 1 and <= 4 ? GitInflater.InflateHead(_pack.Handle!, _pack.Length, start, maxLength) : null;
    }

    public void Dispose()
    {
        _index.Dispose();
        _pack.Dispose();
    }

    private static uint[] ReadFanOut(OpenedFile index, string name, int idLength)
    {
        byte[] head = new byte[HeaderLength + FanOutLength];
        if (ReadFully(index, head, 0) != head.Length || BinaryPrimitives.ReadUInt32BigEndian(head) != 0xFF744F63 || BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)) != 2)
            throw new GitFormatException(ScanIssueKind.Unsupported, $"The pack index '{name}' is not of version 2.");
        var fanOut = new uint[256];
        for (int i = 0; i < 256; i++)
        {
            fanOut[i] = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(HeaderLength + (4 * i)));
            if (i > 0 && fanOut[i] < fanOut[i - 1])
                throw new GitFormatException(ScanIssueKind.Malformed, $"The table of the pack index '{name}' is not in order.");
        }

        if (index.Length < head.Length + (fanOut[255] * (idLength + 8L)) + (2L * idLength))
            throw new GitFormatException(ScanIssueKind.Malformed, $"The pack index '{name}' is cut off.");
        return fanOut;
    }

    private (int Type, long Length, long Start, long BaseOffset) ReadHeader(long offset)
    {
        Span<byte> head = stackalloc byte[64];
        head = head[..ReadFully(_pack, head, offset)];
        int at = 0;
        if (offset < 12 || head.IsEmpty)
            throw new GitFormatException(ScanIssueKind.Malformed, "An object lies outside its pack.");
        byte part = head[at++];
        int type = (part >> 4) & 7;
        long length = part & 0xF;
        for (int shift = 4; (part & 0x80) != 0; shift += 7)
        {
            if (at >= head.Length || shift > 53)
                throw new GitFormatException(ScanIssueKind.Malformed, "The header of an object is malformed.");
            part = head[at++];
            length |= (long)(part & 0x7F) << shift;
        }

        long baseOffset = -1;
        if (type == OffsetDelta)
        {
            baseOffset = offset - ReadDistance(head, ref at);
        }
        else if (type == ReferenceDelta)
        {
            if (head.Length - at < _idLength)
                throw new GitFormatException(ScanIssueKind.Malformed, "The header of an object is malformed.");
            baseOffset = Find(new GitObjectId(head.Slice(at, _idLength)));
            at += _idLength;
        }
        else if (type is 0 or 5)
        {
            throw new GitFormatException(ScanIssueKind.Malformed, "An object is of a kind that does not exist.");
        }

        // A delta against a later object is possible by reference only; the bound on the chain ends circles.
        if (type is OffsetDelta or ReferenceDelta && (baseOffset < 12 || baseOffset == offset))
            throw new GitFormatException(ScanIssueKind.Malformed, "The object that a delta starts from is not in the pack.");
        return (type, length, offset + at, baseOffset);
    }

    private static long ReadDistance(ReadOnlySpan<byte> head, ref int at)
    {
        long distance = -1;
        for (int i = 0; i < 8 && at < head.Length; i++)
        {
            byte part = head[at++];
            distance = ((distance + 1) << 7) | (uint)(part & 0x7F);
            if ((part & 0x80) == 0)
                return distance;
        }

        throw new GitFormatException(ScanIssueKind.Malformed, "The header of an object is malformed.");
    }

    private long OffsetOf(long entry)
    {
        Span<byte> bytes = stackalloc byte[8];
        long table = HeaderLength + FanOutLength + (_count * (_idLength + 4L));
        ReadIndex(bytes[..4], table + (4 * entry));
        uint small = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if ((small & 0x80000000) == 0)
            return small;
        ReadIndex(bytes, table + (4 * _count) + (8L * (small & 0x7FFFFFFF)));
        ulong large = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return large <= long.MaxValue ? (long)large : throw new GitFormatException(ScanIssueKind.Malformed, "An offset in a pack index is malformed.");
    }

    private long IdPosition(long entry) => HeaderLength + FanOutLength + (entry * _idLength);

    private void ReadIndex(Span<byte> target, long position)
    {
        if (ReadFully(_index, target, position) != target.Length)
            throw new GitFormatException(ScanIssueKind.Malformed, "A pack index is cut off.");
    }

    private static int ReadFully(OpenedFile file, Span<byte> target, long position)
    {
        int length = 0;
        try
        {
            int read;
            while (length < target.Length && (read = RandomAccess.Read(file.Handle!, target[length..], position + length)) > 0)
                length += read;
        }
        catch (IOException)
        {
            throw new GitFormatException(ScanIssueKind.Unreadable, "A pack cannot be read.");
        }

        return length;
    }
}
