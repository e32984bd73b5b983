using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace SecurityToolchain.Runtime.Interop.Native;

/// <summary>A host and a port that were checked: what a native caller registers as a connection. Immutable.</summary>
public sealed record ConnectionTarget
{
    private const int MaxHostLength = 253;
    private const int MaxLabelLength = 63;

    private ConnectionTarget(string host, int port) => (Host, Port) = (host, port);

    /// <summary>A host name (RFC 1123) or an address.</summary>
    public string Host { get; }

    /// <summary>1 to 65,535.</summary>
    public int Port { get; }

    /// <summary>Checks a host and a port.</summary>
    /// <param name="host">Any text, or <see langword="null"/>.</param>
    /// <param name="port">Any number.</param>
    /// <param name="target">The target, or <see langword="null"/>.</param>
    /// <returns>Whether both are valid.</returns>
    public static bool TryCreate(string? host, int port, [NotNullWhen(true)] out ConnectionTarget? target)
    {
        target = host is not null && port is >= 1 and <= 65_535 && IsHost(host) ? new ConnectionTarget(host, port) : null;
        return target is not null;
    }

    private static bool IsHost(string host)
    {
        if (host.Length is 0 or > MaxHostLength)
            return false;
        if (host.Contains(':', StringComparison.Ordinal))
            return !host.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(host, out _);
        // All digits and dots is an address in its usual form or nothing: "1.2.3" and "0x7f.1" mean different hosts to different programs.
        string[] labels = host.Split('.');
        if (labels[^1].All(char.IsAsciiDigit) || labels[^1].StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return labels.Length == 4 && Array.TrueForAll(labels, static label => byte.TryParse(label, System.Globalization.NumberStyles.None, null, out byte value) && value.ToString(System.Globalization.CultureInfo.InvariantCulture) == label);
        return Array.TrueForAll(labels, static label =>
            label.Length is >= 1 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-' && label.All(static character => char.IsAsciiLetterOrDigit(character) || character == '-'));
    }
}
