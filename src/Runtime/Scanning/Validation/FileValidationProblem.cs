namespace SecurityToolchain.Scanning.Validation;

/// <summary>One reason not to accept a file.</summary>
/// <param name="Error">The kind.</param>
/// <param name="Message">Names the thing, the limit and the value; control characters are escaped.</param>
public sealed record FileValidationProblem(FileValidationError Error, string Message)
{
    /// <summary>The size that was met, in bytes, for <see cref="FileValidationError.FileTooLarge"/>; the file may be larger still.</summary>
    public long? SizeInBytes { get; init; }

    /// <summary>The limit, in bytes, for <see cref="FileValidationError.FileTooLarge"/>.</summary>
    public long? LimitInBytes { get; init; }
}
