namespace SecurityToolchain.Scanning.Strings;

/// <summary>How a string is stored.</summary>
public enum StringEncoding
{
    /// <summary>One byte for each character, 0x20 to 0x7e.</summary>
    Ascii,

    /// <summary>UTF-8 with at least one character outside ASCII.</summary>
    Utf8,

    /// <summary>UTF-16, low byte first.</summary>
    Utf16LittleEndian,

    /// <summary>UTF-16, high byte first.</summary>
    Utf16BigEndian,

    /// <summary>A literal of .NET code, in the #US heap.</summary>
    DotNetUserString,

    /// <summary>Text in a .NET resource.</summary>
    DotNetResource,
}
