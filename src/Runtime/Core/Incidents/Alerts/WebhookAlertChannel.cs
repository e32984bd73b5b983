using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SecurityToolchain.Runtime.Network;

namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>
/// Posts alerts as JSON, signed: header <c>X-Signature: t=unix-seconds,v1=hex</c> with HMAC-SHA-256 over <c>t + "." + body</c>. The receiver
/// recomputes it and refuses old times, so that nobody can forge or replay an alert.
/// </summary>
public sealed class WebhookAlertChannel : IAlertChannel, IDisposable
{
    /// <summary>Least size of the signing key, in bytes: 32.</summary>
    public const int MinKeySizeInBytes = 32;

    private readonly Uri _address;
    private readonly byte[] _key;
    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    /// <summary>Creates a channel.</summary>
    /// <param name="address">Where to post; https, or http to a loopback host.</param>
    /// <param name="signingKey">At least 32 bytes; copied.</param>
    /// <param name="options">Which addresses may be connected to; null for public ones only.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="ArgumentException">The address is not encrypted or the key is too short.</exception>
    public WebhookAlertChannel(Uri address, ReadOnlySpan<byte> signingKey, SecureHttpOptions? options = null, TimeProvider? time = null)
    {
        AlertHttp.CheckAddress(address);
        if (signingKey.Length < MinKeySizeInBytes)
            throw Error.TooShort(nameof(signingKey), "The signing key", MinKeySizeInBytes, signingKey.Length);
        _address = address;
        _key = signingKey.ToArray();
        _client = AlertHttp.CreateClient(options);
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        byte[] body = Body(alert);
        string time = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Signature", $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(_key, signed))}");
        using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        CryptographicOperations.ZeroMemory(_key);
    }

    private static byte[] Body(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", alert.Title);
            json.WriteString("type", alert.Event.Type.ToString());
            json.WriteString("severity", alert.Event.Severity.ToString());
            json.WriteString("time", alert.Event.Time);
            json.WriteNumber("repeats", alert.Repeats);
            json.WriteString("text", alert.Text);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
