namespace SecurityToolchain.Runtime.Input;

/// <summary>Why bytes could not be read.</summary>
public enum ParseError
{
    /// <summary>Nothing went wrong.</summary>
    None = 0,

    /// <summary>The bytes end before the value does.</summary>
    BufferUnderflow = 1,

    /// <summary>The bytes are there and do not have the form that was asked for.</summary>
    InvalidFormat = 2,

    /// <summary>An offset or a length is negative, or their sum is too large for a number.</summary>
    IntegerOverflow = 3,
}
