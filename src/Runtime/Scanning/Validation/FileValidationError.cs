namespace SecurityToolchain.Scanning.Validation;

/// <summary>Why a <see cref="FileValidator"/> does not accept a file.</summary>
public enum FileValidationError
{
    /// <summary>The file has no content.</summary>
    Empty = 0,

    /// <summary>The file is larger than <see cref="FileValidatorOptions.MaxSizeInBytes"/>.</summary>
    FileTooLarge = 1,

    /// <summary>One of the name's extensions is forbidden, wherever it stands: <c>a.exe.txt</c> and <c>a.txt:b.exe</c> have one.</summary>
    ForbiddenExtension = 2,

    /// <summary>The media type of the content is not among the allowed ones.</summary>
    InvalidMediaType = 3,

    /// <summary>The content is of another format than the extension promises.</summary>
    ExtensionMismatch = 4,

    /// <summary>The name hides what the file is, or is no plain file name.</summary>
    UnsafeName = 5,

    /// <summary>The content is valid as two formats, or has a program inside.</summary>
    Polyglot = 6,

    /// <summary>The path leads outside its root, or to something that is no regular file.</summary>
    UnsafePath = 7,

    /// <summary>The content could not be examined to its end. Unknown is not accepted.</summary>
    NotExamined = 8,

    /// <summary>The whole scanning engine was asked for, and it has a finding.</summary>
    SuspiciousContent = 9,
}
