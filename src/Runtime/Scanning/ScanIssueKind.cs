namespace SecurityToolchain.Scanning;

/// <summary>Why a part of the input was not looked at.</summary>
public enum ScanIssueKind
{
    /// <summary>The file does not exist.</summary>
    NotFound,

    /// <summary>The file or directory cannot be opened or read.</summary>
    Unreadable,

    /// <summary>A symbolic link or reparse point; links are not followed.</summary>
    Link,

    /// <summary>A device, pipe, socket or file of a kernel file system.</summary>
    SpecialFile,

    /// <summary>The file changed its size while it was read.</summary>
    Changed,

    /// <summary>A limit of <see cref="ScanLimits"/> was reached.</summary>
    Limit,

    /// <summary>The time for the file was up.</summary>
    Deadline,

    /// <summary>The content is not well-formed.</summary>
    Malformed,

    /// <summary>The content is encrypted.</summary>
    Encrypted,

    /// <summary>A format that the engine recognises and cannot look into.</summary>
    Unsupported,

    /// <summary>A defect of an analyzer. The scan goes on with the others.</summary>
    EngineError,
}
