using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SecurityToolchain.Runtime.Incidents;

/// <summary>Checks the chain of an <see cref="AuditFile"/>.</summary>
public static class AuditVerifier
{
    private const int MacLength = 64;

    /// <summary>Most bytes of one line: 1 MiB. A longer one was not written by <see cref="AuditFile"/>.</summary>
    private const int MaxLineLength = 1 << 20;

    /// <summary>Reads a file from its start and checks every line.</summary>
    /// <param name="path">The file; it may be open for writing elsewhere.</param>
    /// <param name="key">The key that it was written with.</param>
    /// <param name="expected">A checkpoint that was kept elsewhere: the chain must go through it; null when there is none.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AuditVerification Verify(string path, ReadOnlySpan<byte> key, AuditCheckpoint? expected = null)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] copy = key.ToArray();
        try
        {
            return Verify(file, copy, expected);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    internal static AuditVerification Verify(Stream file, byte[] key, AuditCheckpoint? expected)
    {
        AuditCheckpoint end = AuditCheckpoint.Empty;
        bool met = expected is null || expected == end;
        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (true)
        {
            (string? line, string? problem) = ReadLine(reader);
            if (problem is not null)
                return Bad(end, problem);
            if (line is null)
                break;
            if (Check(line, key, end, out AuditCheckpoint next) is { } reason)
                return Bad(end, reason);
            end = next;
            met |= expected == end;
        }

        return met
            ? new AuditVerification(true, end, null, string.Empty)
            : Bad(end, Error.Invariant($"The chain does not go through the checkpoint at line {expected!.Value.Sequence}: lines were cut off or the file was replaced."));
    }

    private static AuditVerification Bad(AuditCheckpoint end, string reason) => new(false, end, end.Sequence + 1, reason);

    private static (string? Line, string? Problem) ReadLine(StreamReader reader)
    {
        var line = new StringBuilder();
        try
        {
            for (int c = reader.Read(); c >= 0; c = reader.Read())
            {
                if (c == '\n')
                    return (line.ToString(), null);
                if (line.Length == MaxLineLength)
                    return (null, Error.Invariant($"The line is longer than {MaxLineLength} characters."));
                line.Append((char)c);
            }
        }
        catch (DecoderFallbackException)
        {
            return (null, "The line is not UTF-8.");
        }

        return line.Length == 0 ? (null, null) : (null, "The last line is incomplete.");
    }

    private static string? Check(string line, byte[] key, AuditCheckpoint end, out AuditCheckpoint next)
    {
        next = end;
        int start = line.Length - MacLength - AuditFile.MacMember.Length - 2;
        if (start < 0 || !line.AsSpan(start).StartsWith(AuditFile.MacMember, StringComparison.Ordinal) || !line.EndsWith("\"}", StringComparison.Ordinal))
            return "The line has no mac.";

        string mac = line.Substring(start + AuditFile.MacMember.Length, MacLength);
        byte[] actual = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(line[..start]));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(actual)), Encoding.ASCII.GetBytes(mac)))
            return "The line was changed, or the key is another one.";

        using JsonDocument document = JsonDocument.Parse(line);
        long sequence = document.RootElement.GetProperty("sequence").GetInt64();
        if (sequence != end.Sequence + 1 || document.RootElement.GetProperty("previous").GetString() != end.Mac)
            return Error.Invariant($"The line is number {sequence} of a chain and does not follow the one before: lines were removed, moved or inserted.");
        next = new AuditCheckpoint(sequence, mac);
        return null;
    }
}
