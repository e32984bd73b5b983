using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using SecurityToolchain.Runtime.Network;

namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>Posts alerts to an incoming webhook of the shape that Slack, Mattermost and others take: <c>{"text": "..."}</c>.</summary>
public sealed class SlackAlertChannel : IAlertChannel, IDisposable
{
    private readonly Uri _address;
    private readonly HttpClient _client;

    /// <summary>Creates a channel.</summary>
    /// <param name="address">The incoming webhook; it is a secret by itself and is never logged. https, or http to a loopback host.</param>
    /// <param name="options">Which addresses may be connected to; null for public ones only.</param>
    /// <exception cref="ArgumentException">The address is not encrypted.</exception>
    public SlackAlertChannel(Uri address, SecureHttpOptions? options = null)
    {
        AlertHttp.CheckAddress(address);
        _address = address;
        _client = AlertHttp.CreateClient(options);
    }

    /// <inheritdoc/>
    public string Name => "slack";

    /// <inheritdoc/>
    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("text", Escape("*" + alert.Title + "*\n" + alert.Text));
            json.WriteEndObject();
        }

        using var content = new ByteArrayContent(buffer.WrittenSpan.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await _client.PostAsync(_address, content, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>The three characters that start links and mentions: without this an attacker's text could notify a whole channel.</summary>
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
