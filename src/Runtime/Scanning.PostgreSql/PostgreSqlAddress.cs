using System.Globalization;
using System.Net;
using Npgsql;

namespace SecurityToolchain.Scanning.PostgreSql;

/// <summary>
/// Reads the address of a store, <c>postgres://user@host:port/database?sslmode=verify-full</c>. A password has no place in it, because
/// command lines are visible to other users: it comes from PGPASSWORD or from the file that PGPASSFILE names.
/// </summary>
public static class PostgreSqlAddress
{
    private const int ConnectSeconds = 10, CommandSeconds = 15;

    /// <summary>Whether a text looks like such an address.</summary>
    /// <param name="text">The text, for example a value of the command line.</param>
    public static bool IsAddress(string? text) =>
        text is not null && (text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase));

    /// <summary>Turns an address into a connection string. Away from this machine the server's certificate and name are verified, unless <c>sslmode</c> says otherwise.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="FormatException">The address is wrong, has a password, or an unknown parameter.</exception>
    public static string ToConnectionString(string address)
    {
        if (!IsAddress(address) || !Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
            throw new FormatException("The address of the store is not of the form postgres://user@host:port/database.");
        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new FormatException("The address of the store has a password, which others on this machine could see; set PGPASSWORD or PGPASSFILE instead.");
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length == 0 ? "localhost" : uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : 5432,
            Timeout = ConnectSeconds,
            CommandTimeout = CommandSeconds,
            ApplicationName = "sectool",
            MaxAutoPrepare = 8,
            // Parameters of a statement are keys and ciphertext; none of them belongs into a log.
            IncludeErrorDetail = false,
        };
        if (uri.UserInfo.Length > 0)
            builder.Username = Uri.UnescapeDataString(uri.UserInfo);
        string database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (database.Length == 0)
            throw new FormatException("The address of the store names no database: postgres://user@host/DATABASE.");
        builder.Database = database;
        builder.SslMode = IsLocal(builder.Host) ? SslMode.Prefer : SslMode.VerifyFull;
        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            Set(builder, parts[0], parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return builder.ConnectionString;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        switch (name)
        {
            case "host":
                // The directory of a socket of this machine.
                builder.Host = value;
                builder.SslMode = IsLocal(value) ? SslMode.Prefer : SslMode.VerifyFull;
                break;
            case "sslmode":
                builder.SslMode = value switch
                {
                    "disable" => SslMode.Disable,
                    "allow" => SslMode.Allow,
                    "prefer" => SslMode.Prefer,
                    "require" => SslMode.Require,
                    "verify-ca" => SslMode.VerifyCA,
                    "verify-full" => SslMode.VerifyFull,
                    _ => throw new FormatException($"The value '{value}' of sslmode is none of disable, allow, prefer, require, verify-ca and verify-full."),
                };
                break;
            case "sslrootcert":
                builder.RootCertificate = value;
                break;
            case "connect_timeout":
                builder.Timeout = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 300
                    ? seconds
                    : throw new FormatException($"The value '{value}' of connect_timeout is not a number of seconds from 1 to 300.");
                break;
            default:
                throw new FormatException($"The address of the store has the unknown parameter '{name}'; known are host, sslmode, sslrootcert and connect_timeout.");
        }
    }

    private static bool IsLocal(string host) =>
        host.StartsWith('/') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
