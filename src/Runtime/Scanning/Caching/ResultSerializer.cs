using System.Collections.Immutable;
using System.Text;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// Writes and reads results for the cache. Only results that a reader can make again are written: those with rules of this engine and
/// without members, strings and issues, so an incomplete scan is never remembered.
/// </summary>
internal static class ResultSerializer
{
    private const byte FormatVersion = 1;

    public static byte[]? TryWrite(FileScanResult result)
    {
        if (!result.Issues.IsEmpty || !result.Members.IsEmpty || !result.Strings.IsEmpty || result.Findings.Any(static f => !CanWrite(f)))
            return null;
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(FormatVersion);
            writer.Write(result.Path);
            writer.Write(result.Size);
            writer.Write(result.Format.Id);
            writer.Write((byte)result.Verdict);
            writer.Write(result.Entropy ?? -1);
            WriteText(writer, result.SimilarityDigest);
            writer.Write(result.Digests.Length);
            foreach (Digest digest in result.Digests)
            {
                writer.Write((int)digest.Algorithm);
                writer.Write(digest.Bytes.AsSpan());
            }

            WriteMap(writer, result.Facts);
            writer.Write(result.Findings.Length);
            foreach (Finding finding in result.Findings)
                WriteFinding(writer, finding);
        }

        return stream.ToArray();
    }

    /// <summary>Reads a result, or null when the bytes are of another version or name a rule that is gone.</summary>
    public static FileScanResult? TryRead(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (reader.ReadByte() != FormatVersion)
                return null;
            var result = new FileScanResult
            {
                Path = reader.ReadString(),
                Size = reader.ReadInt64(),
                Format = FileFormats.Get(reader.ReadString()),
                Verdict = (ScanVerdict)reader.ReadByte(),
                FromCache = true,
            };
            double entropy = reader.ReadDouble();
            string? similarity = ReadText(reader);
            var digests = ImmutableArray.CreateBuilder<Digest>();
            for (int i = reader.ReadInt32(); i > 0; i--)
            {
                var algorithm = (DigestAlgorithms)reader.ReadInt32();
                digests.Add(new Digest(algorithm, reader.ReadBytes(DigestAlgorithmFacts.Length(algorithm))));
            }

            ImmutableSortedDictionary<string, string> facts = ReadMap(reader);
            var findings = ImmutableArray.CreateBuilder<Finding>();
            for (int i = reader.ReadInt32(); i > 0; i--)
            {
                if (ReadFinding(reader) is not { } finding)
                    return null;
                findings.Add(finding);
            }

            return result with { Entropy = entropy < 0 ? null : entropy, SimilarityDigest = similarity, Digests = digests.ToImmutable(), Facts = facts, Findings = findings.ToImmutable() };
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static bool CanWrite(Finding finding) =>
        ReferenceEquals(ScanRules.Find(finding.RuleId), finding.Rule) && finding.RelatedLocations.IsEmpty && finding.CodeFlows.IsEmpty && finding.Baseline == BaselineState.None;

    private static void WriteFinding(BinaryWriter writer, Finding finding)
    {
        writer.Write(finding.RuleId);
        writer.Write((byte)finding.Severity);
        writer.Write(finding.Message);
        FindingLocation location = finding.Location;
        writer.Write(location.Path);
        WriteText(writer, location.InnerPath);
        WriteText(writer, location.Member);
        foreach (long number in (long[])[location.Line, location.Column, location.EndLine, location.EndColumn, location.Offset, location.Length])
            writer.Write(number);
        WriteText(writer, finding.Evidence);
        WriteText(writer, finding.Identity);
        WriteText(writer, finding.Suppression?.Justification);
        writer.Write((byte)(finding.Suppression?.Kind ?? 0));
        WriteMap(writer, finding.Properties);
    }

    private static Finding? ReadFinding(BinaryReader reader)
    {
        RuleMetadata? rule = ScanRules.Find(reader.ReadString());
        var severity = (FindingSeverity)reader.ReadByte();
        string message = reader.ReadString();
        var location = new FindingLocation(reader.ReadString()) { InnerPath = ReadText(reader), Member = ReadText(reader) };
        location = location with
        {
            Line = (int)reader.ReadInt64(),
            Column = (int)reader.ReadInt64(),
            EndLine = (int)reader.ReadInt64(),
            EndColumn = (int)reader.ReadInt64(),
            Offset = reader.ReadInt64(),
            Length = reader.ReadInt64(),
        };
        string? evidence = ReadText(reader), identity = ReadText(reader), justification = ReadText(reader);
        var kind = (SuppressionKind)reader.ReadByte();
        ImmutableSortedDictionary<string, string> properties = ReadMap(reader);
        return rule is null ? null : new Finding(rule, message, location)
        {
            Severity = severity,
            Evidence = evidence,
            Identity = identity,
            Suppression = justification is null ? null : new Suppression(kind, justification),
            Properties = properties,
        };
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteMap(BinaryWriter writer, ImmutableSortedDictionary<string, string> map)
    {
        writer.Write(map.Count);
        foreach ((string name, string value) in map)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    private static ImmutableSortedDictionary<string, string> ReadMap(BinaryReader reader)
    {
        ImmutableSortedDictionary<string, string>.Builder map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (int i = reader.ReadInt32(); i > 0; i--)
            map[reader.ReadString()] = reader.ReadString();
        return map.ToImmutable();
    }
}
