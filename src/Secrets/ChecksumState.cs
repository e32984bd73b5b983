namespace SecurityToolchain.Secrets;

/// <summary>What the checksum inside a token says.</summary>
public enum ChecksumState
{
    /// <summary>The provider publishes no checksum for the format.</summary>
    None,

    /// <summary>The checksum is right: the text was issued by the provider, or made to look so on purpose.</summary>
    Valid,

    /// <summary>The checksum is wrong: the text only looks like a token of the provider.</summary>
    Invalid,
}
