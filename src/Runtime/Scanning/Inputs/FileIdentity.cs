namespace SecurityToolchain.Scanning.Inputs;

/// <summary>
/// What the file system says about an open file besides its content. Whoever changes a file changes one of these: the system sets the time
/// of the last status change itself, and no program can set it back without setting the clock back.
/// </summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="Modified">The time of the last change of content in nanoseconds since 1970.</param>
/// <param name="Changed">The time of the last change of content or status in nanoseconds since 1970.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Size, long Modified, long Changed)
{
    /// <summary>The bytes of one identity in a store.</summary>
    public const int EncodedLength = 5 * sizeof(long);

    // Times are kept in steps: a tick of the kernel on most file systems, two seconds on the coarsest.
    private const long Settled = 3_000_000_000;

    /// <summary>
    /// Whether a change from now on is sure to give another identity. A file that was changed a moment ago may be changed again within the
    /// same step of the clock; a time in the future means that the clock was set back.
    /// </summary>
    /// <param name="now">The present time.</param>
    public bool IsSettled(DateTimeOffset now) => (now - DateTimeOffset.UnixEpoch).Ticks * 100 - Math.Max(Modified, Changed) > Settled;
}
