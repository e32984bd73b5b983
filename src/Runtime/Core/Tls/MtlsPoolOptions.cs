namespace SecurityToolchain.Runtime.Tls;

/// <summary>The limits of a <see cref="MtlsConnectionPool"/>.</summary>
public sealed class MtlsPoolOptions
{
    /// <summary>Connections at a time; 1 to 1,000, default 10.</summary>
    public int MaxConnections { get; set; } = 10;

    /// <summary>How long an unused connection is kept; 1 second to 1 hour, default 60 seconds.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection is used at most, so that new certificates and addresses take effect; 1 second to 1 day, default 10 minutes.</summary>
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a caller waits for a connection, opening it included; 10 ms to 5 minutes, default 5 seconds.</summary>
    public TimeSpan AcquireTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
