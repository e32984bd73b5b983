using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SecurityToolchain.Runtime.Incidents;

/// <summary>
/// An append-only file of security events, one JSON object a line, each line bound to the one before by a keyed hash: an edited, removed
/// or moved line breaks the chain from there on.
/// </summary>
/// <remarks>
/// Line: the event's members, <c>sequence</c> (from 1), <c>previous</c> and, last, <c>mac</c> = HMAC-SHA-256(key, the line up to the mac member).
/// <c>previous</c> is the mac of the line before, 64 zeros for the first one. Lines that were cut off at the end are found only against a
/// checkpoint that was kept elsewhere (see <see cref="Checkpoint"/>): no chain can know that it once was longer.
/// One writer at a time; other processes may read. Members may be used by several threads at once. Every line is flushed to disk.
/// </remarks>
public sealed class AuditFile : ISecurityEventSink, IDisposable
{
    /// <summary>Least size of the key, in bytes: 32.</summary>
    public const int MinKeySizeInBytes = 32;

    internal const string MacMember = ",\"mac\":\"";
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly byte[] _key;
    private string _previous;
    private long _sequence;

    /// <summary>Opens or creates a file and checks the chain that is already in it.</summary>
    /// <param name="path">The file; created with mode 0600 on Unix.</param>
    /// <param name="key">At least 32 bytes; copied. Keep it where whoever can write the file cannot read it.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    /// <exception cref="InvalidDataException">The file's chain is broken; it is left as it is, because it is evidence.</exception>
    /// <exception cref="IOException">Another writer has the file open.</exception>
    public AuditFile(string path, ReadOnlySpan<byte> key)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (key.Length < MinKeySizeInBytes)
            throw Error.TooShort(nameof(key), "The audit key", MinKeySizeInBytes, key.Length);
        _key = key.ToArray();
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path, options);
        try
        {
            AuditVerification known = AuditVerifier.Verify(_file, _key, expected: null);
            if (!known.IsIntact)
                throw new InvalidDataException(Error.Invariant($"The audit file '{path}' is broken at line {known.FirstBadLine}: {known.Reason} Keep it as evidence and start a new one."));
            (_sequence, _previous) = (known.Checkpoint.Sequence, known.Checkpoint.Mac);
            _file.Seek(0, SeekOrigin.End);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The end of the chain. Keep it outside the file's machine from time to time; with it, <see cref="AuditVerifier"/> finds lines that were cut off.</summary>
    public AuditCheckpoint Checkpoint
    {
        get
        {
            lock (_gate)
                return new AuditCheckpoint(_sequence, _previous);
        }
    }

    /// <inheritdoc/>
    public void Write(SecurityEvent securityEvent)
    {
        ArgumentNullException.ThrowIfNull(securityEvent);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(!_file.CanWrite, this);
            var buffer = new ArrayBufferWriter<byte>(512);
            WriteMembers(buffer, securityEvent, _sequence + 1, _previous);
            // The writer closed the object; the mac is put in before the closing brace.
            ReadOnlySpan<byte> body = buffer.WrittenSpan[..^1];
            string mac = Convert.ToHexStringLower(HMACSHA256.HashData(_key, body));
            byte[] line = [.. body, .. Encoding.ASCII.GetBytes(MacMember + mac + "\"}\n")];
            _file.Write(line);
            _file.Flush(flushToDisk: true);
            _sequence++;
            _previous = mac;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        CryptographicOperations.ZeroMemory(_key);
    }

    private static void WriteMembers(ArrayBufferWriter<byte> buffer, SecurityEvent securityEvent, long sequence, string previous)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("sequence", sequence);
        json.WriteString("previous", previous);
        json.WriteString("time", securityEvent.Time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("type", securityEvent.Type.ToString());
        json.WriteString("severity", securityEvent.Severity.ToString());
        if (securityEvent.UserId is { } user)
            json.WriteString("user", LoggedText.Escape(user));
        if (securityEvent.ClientAddress is { } client)
            json.WriteString("client", client.ToString());
        if (securityEvent.ActivityId is { } activity)
            json.WriteString("activity", LoggedText.Escape(activity));
        json.WriteStartObject("details");
        foreach ((string name, string value) in securityEvent.Details)
            json.WriteString(LoggedText.Escape(name), LoggedText.Value(name, value));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
