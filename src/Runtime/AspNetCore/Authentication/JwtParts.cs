using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// The header and payload of a compact token, read strictly: three parts, canonical base64url, JSON objects without a member twice. Two
/// readers that disagree about a token are how one gets past the other.
/// </summary>
/// <remarks>References: RFC 7515 (JWS), RFC 7519 (JWT), RFC 8725 (best current practices).</remarks>
internal sealed class JwtParts : IDisposable
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly JsonDocument _header;
    private readonly JsonDocument _payload;

    private JwtParts(JsonDocument header, JsonDocument payload)
    {
        _header = header;
        _payload = payload;
    }

    public JsonElement Payload => _payload.RootElement;

    public string? Algorithm => Text(_header.RootElement, "alg");

    public string? KeyId => Text(_header.RootElement, "kid");

    /// <summary>Extensions that the reader must understand (RFC 7515, section 4.1.11). There are none here.</summary>
    public bool HasCriticalExtensions => _header.RootElement.TryGetProperty("crit", out _);

    public static JwtParts? TryParse(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is null)
            return null;
        JsonDocument? headerDocument = ParseObject(header);
        JsonDocument? payloadDocument = headerDocument is null ? null : ParseObject(payload);
        if (headerDocument is not null && payloadDocument is not null)
            return new JwtParts(headerDocument, payloadDocument);
        headerDocument?.Dispose();
        return null;
    }

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Reads one text or a list of texts; null if the member is anything else.</summary>
    public static IReadOnlyList<string>? Texts(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value))
            return [];
        if (value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
            : null;
    }

    /// <summary>Reads a time in seconds since 1970, fractions allowed; null if the member is missing or no such time.</summary>
    public static DateTimeOffset? Time(JsonElement element, string name)
    {
        // 253402300799 is the last second of the year 9999, where the clock ends.
        return element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double seconds) && seconds is >= 0 and <= 253402300799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
    }

    public void Dispose()
    {
        _header.Dispose();
        _payload.Dispose();
    }

    private static byte[]? Decode(string text)
    {
        byte[] bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (text.Contains('=', StringComparison.Ordinal) || Base64Url.DecodeFromChars(text, bytes, out _, out int count) != OperationStatus.Done)
            return null;
        byte[] exact = bytes[..count];
        return string.Equals(Base64Url.EncodeToString(exact), text, StringComparison.Ordinal) ? exact : null;
    }

    private static JsonDocument? ParseObject(byte[] utf8)
    {
        try
        {
            var document = JsonDocument.Parse(utf8, s_strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
