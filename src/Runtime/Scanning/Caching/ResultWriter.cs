using System.Collections.Immutable;
using System.Text;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// Writes results for the cache; <see cref="ResultReader"/> reads them. Members of archives are written with everything that was found in
/// them. A result is written only when another scan of the same content would give it again: what depends on the moment (a deadline, a
/// file that changed or could not be read, a defect) is never remembered.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    public const byte FormatVersion = 2;

    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;
    private readonly string _path;

    private ResultWriter(string path)
    {
        _path = path;
        _writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
    }

    /// <summary>The bytes of a result, or null when it must not or cannot be remembered.</summary>
    public static byte[]? TryWrite(FileScanResult result)
    {
        if (!CanWrite(result))
            return null;
        using var writer = new ResultWriter(result.Path);
        writer._writer.Write(FormatVersion);
        writer.Write(result);
        writer._writer.Flush();
        return writer._stream.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }

    private static bool CanWrite(FileScanResult result) =>
        result.Strings.IsEmpty && result.Findings.All(static f => CanWrite(f)) && result.Issues.All(static i => IsOfContent(i.Kind)) && result.Members.All(static m => CanWrite(m));

    private static bool CanWrite(Finding finding) =>
        ReferenceEquals(ScanRules.Find(finding.RuleId), finding.Rule) && finding.CodeFlows.IsEmpty && finding.Baseline == BaselineState.None;

    // Reasons that lie in the content and the limits; both are part of the key.
    private static bool IsOfContent(ScanIssueKind kind) => kind is ScanIssueKind.Limit or ScanIssueKind.Malformed or ScanIssueKind.Encrypted or ScanIssueKind.Unsupported;

    private void Write(FileScanResult result)
    {
        WritePath(result.Path);
        _writer.Write(result.Size);
        _writer.Write(result.Format.Id);
        _writer.Write((byte)result.Verdict);
        _writer.Write(result.Entropy ?? -1);
        WriteText(result.SimilarityDigest);
        _writer.Write7BitEncodedInt64(result.Digests.Length);
        foreach (Digest digest in result.Digests)
        {
            _writer.Write7BitEncodedInt64((int)digest.Algorithm);
            _writer.Write(digest.Bytes.AsSpan());
        }

        WriteMap(result.Facts);
        _writer.Write7BitEncodedInt64(result.Findings.Length);
        foreach (Finding finding in result.Findings)
            Write(finding);
        _writer.Write7BitEncodedInt64(result.Issues.Length);
        foreach (ScanIssue issue in result.Issues)
        {
            _writer.Write((byte)issue.Kind);
            _writer.Write(issue.Message);
            Write(issue.Location);
        }

        _writer.Write7BitEncodedInt64(result.Members.Length);
        foreach (FileScanResult member in result.Members)
            Write(member);
    }

    private void Write(Finding finding)
    {
        _writer.Write(finding.RuleId);
        _writer.Write((byte)finding.Severity);
        _writer.Write(finding.Message);
        Write(finding.Location);
        _writer.Write7BitEncodedInt64(finding.RelatedLocations.Length);
        foreach (FindingLocation location in finding.RelatedLocations)
            Write(location);
        WriteText(finding.Evidence);
        WriteText(finding.Identity);
        WriteText(finding.Suppression?.Justification);
        _writer.Write((byte)(finding.Suppression?.Kind ?? 0));
        WriteMap(finding.Properties);
    }

    private void Write(FindingLocation location)
    {
        WritePath(location.Path);
        WriteText(location.InnerPath);
        WriteText(location.Member);
        WriteText(location.Message);
        _writer.Write7BitEncodedInt64(location.Line);
        _writer.Write7BitEncodedInt64(location.Column);
        _writer.Write7BitEncodedInt64(location.EndLine);
        _writer.Write7BitEncodedInt64(location.EndColumn);
        _writer.Write7BitEncodedInt64(location.Offset);
        _writer.Write7BitEncodedInt64(location.Length);
    }

    // Nearly every path is that of the file.
    private void WritePath(string path) => WriteText(path == _path ? null : path);

    private void WriteText(string? text)
    {
        _writer.Write(text is not null);
        if (text is not null)
            _writer.Write(text);
    }

    private void WriteMap(ImmutableSortedDictionary<string, string> map)
    {
        _writer.Write7BitEncodedInt64(map.Count);
        foreach ((string name, string value) in map)
        {
            _writer.Write(name);
            _writer.Write(value);
        }
    }
}
