namespace SecurityToolchain.Runtime.Interop.Native;

/// <summary>Why native text could not be read. The numbers are fit to be returned to C.</summary>
public enum NativeTextError
{
    /// <summary>Nothing went wrong.</summary>
    None = 0,

    /// <summary>The address is 0.</summary>
    NullPointer = -1,

    /// <summary>The text is longer than the limit, or its length is negative.</summary>
    TooLong = -2,

    /// <summary>The bytes are not UTF-8.</summary>
    InvalidUtf8 = -3,
}
