namespace SecurityToolchain.Scanning.Reports;

/// <summary>A place in an artifact: a file, a part of a file, or a file inside an archive.</summary>
public sealed record FindingLocation
{
    /// <summary>Creates a location of a whole file.</summary>
    /// <param name="path">The path relative to the scan root, with forward slashes; absolute only where no root contains it.</param>
    public FindingLocation(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path;
    }

    /// <summary>The path of the outermost file, with forward slashes.</summary>
    public string Path { get; init; }

    /// <summary>The path inside the file when it is an archive; nested archives are joined by <c>!/</c>. Null for the file itself.</summary>
    public string? InnerPath { get; init; }

    /// <summary>The member of a program that the finding is about, for example <c>Namespace.Type::Method</c>.</summary>
    public string? Member { get; init; }

    /// <summary>The 1-based line, or 0 when the place has no line.</summary>
    public int Line { get; init; }

    /// <summary>The 1-based column in UTF-16 code units, or 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>The 1-based last line, or 0 for the same as <see cref="Line"/>.</summary>
    public int EndLine { get; init; }

    /// <summary>The 1-based column just after the last character, or 0 when unknown.</summary>
    public int EndColumn { get; init; }

    /// <summary>The offset in bytes from the start of the (innermost) file, or -1 when unknown.</summary>
    public long Offset { get; init; } = -1;

    /// <summary>The length in bytes, or -1 when unknown.</summary>
    public long Length { get; init; } = -1;

    /// <summary>A note shown beside a related location or a code-flow step.</summary>
    public string? Message { get; init; }

    /// <summary>The path with the inner path appended as <c>outer!/inner</c>.</summary>
    public string DisplayPath => InnerPath is null ? Path : Path + "!/" + InnerPath;
}
