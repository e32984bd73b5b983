namespace SecurityToolchain.Runtime.Input;

/// <summary>Limits for JSON. Checked when a document is read.</summary>
public sealed class ValidatedJsonOptions
{
    /// <summary>Largest document, in bytes of UTF-8: 1 to 268,435,456. Default 1,048,576 (1 MiB).</summary>
    public int MaxSizeInBytes { get; init; } = 1024 * 1024;

    /// <summary>Deepest nesting: 1 to 256. Default 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Whether members that the type does not have are accepted. Default <see langword="false"/>.</summary>
    public bool AllowUnknownMembers { get; init; }

    internal void Validate()
    {
        if (MaxSizeInBytes is < 1 or > 1 << 28)
            throw Error.OutOfRange(nameof(MaxSizeInBytes), "The largest document in bytes", 1, 1 << 28, MaxSizeInBytes);
        if (MaxDepth is < 1 or > 256)
            throw Error.OutOfRange(nameof(MaxDepth), "The deepest nesting", 1, 256, MaxDepth);
    }
}
