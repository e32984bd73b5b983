using System.Diagnostics.CodeAnalysis;

namespace SecurityToolchain.Scanning.Validation;

/// <summary>The answer of a <see cref="FileValidator"/>.</summary>
public sealed record FileValidation
{
    internal FileValidation(FileMetadata? metadata, IReadOnlyList<FileValidationProblem> problems)
    {
        Metadata = problems.Count == 0 ? metadata : null;
        Problems = problems;
    }

    /// <summary>Whether the file is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Metadata))]
    public bool IsValid => Metadata is not null;

    /// <summary>What is known about the file; <see langword="null"/> unless it is accepted.</summary>
    public FileMetadata? Metadata { get; }

    /// <summary>Every reason that was found; empty when the file is accepted.</summary>
    public IReadOnlyList<FileValidationProblem> Problems { get; }
}
