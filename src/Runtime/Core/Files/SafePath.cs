namespace SecurityToolchain.Runtime.Files;

/// <summary>
/// Opens files below a root by names that come from outside. The name is checked, and then the file is opened segment by segment below
/// the root's handle, so that nothing between check and use can lead elsewhere. Thread safe.
/// </summary>
/// <remarks>
/// References: openat2(2) with RESOLVE_BENEATH; CWE-22, CWE-59, CWE-367.
/// On Linux the kernel resolves below the open root and refuses every symbolic link; where the kernel has no openat2 each segment is opened
/// with O_NOFOLLOW. Elsewhere each segment is looked at before and after opening, which a fast attacker with write access to the root can win.
/// </remarks>
public static class SafePath
{
    /// <summary>Longest relative path, in characters: 4,096.</summary>
    public const int MaxPathLength = RelativePathRules.MaxPathLength;

    /// <summary>
    /// Checks a relative path by its text: no <c>..</c>, nothing absolute, no drive, stream, device or wildcard, no encoded separators,
    /// no control characters. The rules are the same on every platform; the separator is <c>/</c>.
    /// </summary>
    /// <param name="relativePath">Any text.</param>
    /// <returns>What is wrong, or <see cref="PathValidationError.None"/>.</returns>
    public static PathValidationError Validate(string? relativePath) =>
        relativePath is null ? PathValidationError.InvalidCharacters : RelativePathRules.Check(relativePath);

    /// <summary>
    /// Joins a root and a relative path that comes from outside. The result is below the root by its text. Symbolic links below the root are
    /// not looked at: to open the file use <see cref="OpenRead"/> or <see cref="Open"/>.
    /// </summary>
    /// <param name="root">An existing or future directory, not from outside.</param>
    /// <param name="relativePath">The name from outside.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="PathValidationException">The relative path is refused.</exception>
    public static string Combine(string root, string relativePath)
    {
        string full = FullRoot(root);
        Check(relativePath);
        string combined = Path.GetFullPath(Path.Join(full, relativePath));
        // The rules above leave nothing that could fail this; it stands here so that no gap in them does harm.
        return IsBelow(full, combined) ? combined : throw new PathValidationException(PathValidationError.PathTraversal, relativePath);
    }

    /// <summary>Opens a regular file below a root for reading.</summary>
    /// <param name="root">An existing directory, not from outside. It may itself be reached through symbolic links.</param>
    /// <param name="relativePath">The name from outside.</param>
    /// <returns>The open stream.</returns>
    /// <exception cref="PathValidationException">The path is refused, a segment is a symbolic link, or there is no such regular file.</exception>
    public static FileStream OpenRead(string root, string relativePath) => Open(root, relativePath, FileMode.Open, FileAccess.Read);

    /// <summary>Creates a file below a root that must not exist, mode 0600, and opens it for writing. Its directory must exist.</summary>
    /// <param name="root">An existing directory, not from outside.</param>
    /// <param name="relativePath">The name from outside.</param>
    /// <returns>The open stream.</returns>
    /// <exception cref="PathValidationException">The path is refused or a segment is a symbolic link.</exception>
    /// <exception cref="IOException">Something is there already.</exception>
    public static FileStream CreateNew(string root, string relativePath) => Open(root, relativePath, FileMode.CreateNew, FileAccess.Write);

    /// <summary>Opens a regular file below a root.</summary>
    /// <param name="root">An existing directory, not from outside.</param>
    /// <param name="relativePath">The name from outside.</param>
    /// <param name="mode">All but <see cref="FileMode.Append"/>. New files get mode 0600.</param>
    /// <param name="access">Reading, writing or both.</param>
    /// <returns>The open stream.</returns>
    /// <exception cref="PathValidationException">The path is refused, a segment is a symbolic link, or the file is no regular file.</exception>
    /// <exception cref="ArgumentException">The mode or the access is not supported, or they do not go together.</exception>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    public static FileStream Open(string root, string relativePath, FileMode mode, FileAccess access)
    {
        if (mode is FileMode.Append || !Enum.IsDefined(mode))
            throw Error.Invalid(nameof(mode), $"The mode {mode} is not supported.");
        if (access is < FileAccess.Read or > FileAccess.ReadWrite)
            throw Error.Invalid(nameof(access), $"The access {access} is not supported.");
        if (access == FileAccess.Read && mode is FileMode.CreateNew or FileMode.Create or FileMode.Truncate)
            throw Error.Invalid(nameof(access), $"The mode {mode} needs write access.");
        string full = FullRoot(root);
        Check(relativePath);
        return OperatingSystem.IsLinux()
            ? LinuxBeneath.Open(full, relativePath, mode, access)
            : PortableBeneath.Open(full, relativePath, mode, access);
    }

    /// <summary>Creates a directory below a root, and those above it, without following a symbolic link. Those that are there stay.</summary>
    /// <param name="root">An existing directory, not from outside.</param>
    /// <param name="relativePath">The name from outside.</param>
    /// <exception cref="PathValidationException">The path is refused, or a segment is a symbolic link or a file.</exception>
    public static void CreateDirectory(string root, string relativePath)
    {
        string full = FullRoot(root);
        Check(relativePath);
        if (OperatingSystem.IsLinux())
            LinuxBeneath.CreateDirectory(full, relativePath);
        else
            PortableBeneath.CreateDirectory(full, relativePath);
    }

    private static void Check(string relativePath)
    {
        PathValidationError error = Validate(relativePath);
        if (error != PathValidationError.None)
            throw new PathValidationException(error, relativePath ?? string.Empty);
    }

    private static string FullRoot(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    }

    /// <summary>Compares whole segments: "/srv/allowed-evil" is not below "/srv/allowed".</summary>
    private static bool IsBelow(string root, string path)
    {
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        string prefix = Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, comparison);
    }
}
