using System.Net;

namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>Where mail goes.</summary>
public sealed class SmtpAlertOptions
{
    /// <summary>The server's name.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port; 1 to 65,535, default 587.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Whether the connection must be encrypted with STARTTLS; default true.</summary>
    public bool RequireTls { get; init; } = true;

    /// <summary>User and password; null for a server that asks for none.</summary>
    public NetworkCredential? Credentials { get; init; }

    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>The recipients' addresses; at least one.</summary>
    public required IReadOnlyList<string> To { get; init; }
}
