namespace SecurityToolchain.Runtime.Tls;

/// <summary>What a certificate is used for.</summary>
[Flags]
public enum MtlsPurposes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To connect to servers.</summary>
    Client = 1,

    /// <summary>To take connections.</summary>
    Server = 2,

    /// <summary>Both.</summary>
    Both = Client | Server,
}
