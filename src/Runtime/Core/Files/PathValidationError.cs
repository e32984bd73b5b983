using System.Diagnostics.CodeAnalysis;

namespace SecurityToolchain.Runtime.Files;

/// <summary>Why a path is refused.</summary>
public enum PathValidationError
{
    /// <summary>The path is fine.</summary>
    None = 0,

    /// <summary>The path has a <c>..</c> segment, is absolute, or hides either in an encoding.</summary>
    PathTraversal = 1,

    /// <summary>The path is empty, or has a control character, a character that Windows gives a meaning, or a segment that ends in a dot or a space.</summary>
    InvalidCharacters = 2,

    /// <summary>The path has more than 4,096 characters or a segment more than 255 bytes.</summary>
    PathTooLong = 3,

    /// <summary>The operating system refuses access.</summary>
    UnauthorizedAccess = 4,

    /// <summary>A segment is the name of a device on Windows, such as <c>CON</c> or <c>COM1.txt</c>.</summary>
    [SuppressMessage("Naming", "CA1700:Do not name enum values 'Reserved'", Justification = "The names are reserved by Windows; the value is in use.")]
    ReservedName = 5,

    /// <summary>A segment is a symbolic link.</summary>
    SymlinkEscape = 6,

    /// <summary>There is no such file or directory.</summary>
    NotFound = 7,

    /// <summary>The path names something that is no regular file: a directory, a device, a pipe or a socket.</summary>
    NotRegularFile = 8,
}
