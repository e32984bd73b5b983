using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>Reads results that <see cref="ResultWriter"/> wrote.</summary>
internal ref struct ResultReader
{
    private const int MaxDepth = 64, MaxKeptNames = 4096, MaxNameLength = 64;

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> NamesBySpan = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string _path;
    private ReadOnlySpan<byte> _rest;

    private ResultReader(ReadOnlySpan<byte> bytes, string path)
    {
        _rest = bytes;
        _path = path;
    }

    /// <summary>Reads a result, or null when the bytes are of another version or name a rule that is gone.</summary>
    /// <param name="bytes">The bytes; they are authentic, so what is wrong with them is a version.</param>
    /// <param name="path">The path of the file in the report.</param>
    public static FileScanResult? TryRead(ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            var reader = new ResultReader(bytes, path);
            if (reader.ReadByte() != ResultWriter.FormatVersion)
                return null;
            FileScanResult result = reader.ReadResult(0);
            return reader._rest.IsEmpty ? result : null;
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private FileScanResult ReadResult(int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException("Members are nested too deep.");
        string path = ReadPath();
        long size = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));
        FileFormat format = FileFormats.Get(ReadName());
        var verdict = (ScanVerdict)ReadByte();
        double entropy = BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));
        string? similarity = ReadText();
        var digests = new Digest[ReadCount()];
        for (int i = 0; i < digests.Length; i++)
        {
            var algorithm = (DigestAlgorithms)ReadNumber();
            digests[i] = new Digest(algorithm, Take(DigestAlgorithmFacts.Length(algorithm)));
        }

        ImmutableSortedDictionary<string, string> facts = ReadMap();
        var findings = new Finding[ReadCount()];
        for (int i = 0; i < findings.Length; i++)
            findings[i] = ReadFinding();
        var issues = new ScanIssue[ReadCount()];
        for (int i = 0; i < issues.Length; i++)
            issues[i] = new ScanIssue((ScanIssueKind)ReadByte(), ReadString(), ReadLocation());
        var members = new FileScanResult[ReadCount()];
        for (int i = 0; i < members.Length; i++)
            members[i] = ReadResult(depth + 1);
        return new FileScanResult
        {
            Path = path,
            Size = size,
            Format = format,
            Verdict = verdict,
            Entropy = entropy < 0 ? null : entropy,
            SimilarityDigest = similarity,
            Digests = [.. digests],
            Facts = facts,
            Findings = [.. findings],
            Issues = [.. issues],
            Members = [.. members],
            FromCache = true,
        };
    }

    private Finding ReadFinding()
    {
        RuleMetadata rule = ScanRules.Find(ReadName()) ?? throw new KeyNotFoundException("The rule is gone.");
        var severity = (FindingSeverity)ReadByte();
        string message = ReadString();
        FindingLocation location = ReadLocation();
        var related = new FindingLocation[ReadCount()];
        for (int i = 0; i < related.Length; i++)
            related[i] = ReadLocation();
        string? evidence = ReadText(), identity = ReadText(), justification = ReadText();
        var kind = (SuppressionKind)ReadByte();
        ImmutableSortedDictionary<string, string> properties = ReadMap();
        return new Finding(rule, message, location)
        {
            Severity = severity,
            RelatedLocations = [.. related],
            Evidence = evidence,
            Identity = identity,
            Suppression = justification is null ? null : new Suppression(kind, justification),
            Properties = properties,
        };
    }

    private FindingLocation ReadLocation() => new(ReadPath())
    {
        InnerPath = ReadText(),
        Member = ReadText(),
        Message = ReadText(),
        Line = (int)ReadNumber(),
        Column = (int)ReadNumber(),
        EndLine = (int)ReadNumber(),
        EndColumn = (int)ReadNumber(),
        Offset = ReadNumber(),
        Length = ReadNumber(),
    };

    private string ReadPath() => ReadText() ?? _path;

    private ImmutableSortedDictionary<string, string> ReadMap()
    {
        int count = ReadCount();
        if (count == 0)
            return ImmutableSortedDictionary<string, string>.Empty;
        ImmutableSortedDictionary<string, string>.Builder map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (; count > 0; count--)
            map.Add(ReadName(), ReadString());
        return map.ToImmutable();
    }

    private byte ReadByte() => Take(1)[0];

    // A count of things of at least one byte each, so nothing is allocated that the bytes do not pay for.
    private int ReadCount()
    {
        long count = ReadNumber();
        return count >= 0 && count <= _rest.Length ? (int)count : throw new FormatException("A count is larger than the entry.");
    }

    private long ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return unchecked((long)value);
        }

        throw new FormatException("A number is too long.");
    }

    private string? ReadText() => ReadByte() == 0 ? null : ReadString();

    private string ReadString() => Encoding.UTF8.GetString(Take(ReadCount()));

    // Names of facts, formats and rules are few and appear in every result, so each is one string.
    private string ReadName()
    {
        ReadOnlySpan<byte> bytes = Take(ReadCount());
        if (bytes.Length > MaxNameLength)
            return Encoding.UTF8.GetString(bytes);
        Span<char> characters = stackalloc char[MaxNameLength];
        ReadOnlySpan<char> name = characters[..Encoding.UTF8.GetChars(bytes, characters)];
        if (NamesBySpan.TryGetValue(name, out string? known))
            return known;
        string text = name.ToString();
        return Names.Count < MaxKeptNames ? Names.GetOrAdd(text, text) : text;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new FormatException("The entry ends too early.");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
