namespace SecurityToolchain.Runtime.Network;

/// <summary>A connection was refused because its host or address is not allowed. The message names the host, never the address that it resolved to.</summary>
public sealed class BlockedAddressException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Names the host, not the address.</param>
    public BlockedAddressException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Names the host, not the address.</param>
    /// <param name="innerException">The cause.</param>
    public BlockedAddressException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a text.</summary>
    public BlockedAddressException()
    {
    }
}
