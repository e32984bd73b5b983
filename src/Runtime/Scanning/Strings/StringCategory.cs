namespace SecurityToolchain.Scanning.Strings;

/// <summary>What a string looks like.</summary>
public enum StringCategory
{
    /// <summary>Nothing in particular.</summary>
    Other,

    /// <summary>A URL.</summary>
    Url,

    /// <summary>An IPv4 or IPv6 address.</summary>
    IpAddress,

    /// <summary>A host name.</summary>
    HostName,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A path of Windows.</summary>
    WindowsPath,

    /// <summary>A path of Unix.</summary>
    UnixPath,

    /// <summary>A key of the Windows registry.</summary>
    RegistryKey,

    /// <summary>A command line of a shell or script host.</summary>
    Command,

    /// <summary>The address of a crypto-currency wallet.</summary>
    CryptoWallet,

    /// <summary>A token, key or password; the text is redacted.</summary>
    Token,

    /// <summary>A globally unique identifier.</summary>
    Guid,

    /// <summary>A long base64 text.</summary>
    Base64,

    /// <summary>A SQL statement.</summary>
    Sql,

    /// <summary>A user agent of a browser or tool.</summary>
    UserAgent,
}
