using System.Net.Mail;
using System.Text;

namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>Sends alerts by mail, as plain text.</summary>
public sealed class SmtpAlertChannel : IAlertChannel
{
    private readonly SmtpAlertOptions _options;

    /// <summary>Creates a channel.</summary>
    /// <param name="options">Server, sender and recipients; checked here.</param>
    /// <exception cref="ArgumentException">No recipient, or a port outside 1 to 65,535, or credentials that would go out unencrypted.</exception>
    /// <exception cref="FormatException">An address is malformed.</exception>
    public SmtpAlertChannel(SmtpAlertOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Host);
        if (options.Port is < 1 or > 65_535)
            throw Error.OutOfRange(nameof(options), "Port", 1, 65_535, options.Port);
        if (options.To.Count == 0)
            throw Error.Invalid(nameof(options), "Name at least one recipient.");
        if (options.Credentials is not null && !options.RequireTls)
            throw Error.Invalid(nameof(options), "Credentials would go out unencrypted; set RequireTls.");
        _ = new MailAddress(options.From);
        foreach (string recipient in options.To)
            _ = new MailAddress(recipient);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "smtp";

    /// <inheritdoc/>
    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        using var client = new SmtpClient(_options.Host, _options.Port) { EnableSsl = _options.RequireTls, Credentials = _options.Credentials };
        using var message = new MailMessage { From = new MailAddress(_options.From), Subject = alert.Title, Body = alert.Text, BodyEncoding = Encoding.UTF8, IsBodyHtml = false };
        foreach (string recipient in _options.To)
            message.To.Add(new MailAddress(recipient));
        await client.SendMailAsync(message, cancellationToken).ConfigureAwait(false);
    }
}
