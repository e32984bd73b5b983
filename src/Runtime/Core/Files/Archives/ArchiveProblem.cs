namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>Why an archive was not extracted.</summary>
public enum ArchiveProblem
{
    /// <summary>The archive is damaged, encrypted, or of another format.</summary>
    Malformed = 0,

    /// <summary>An entry's name leads outside, is not portable, or too long.</summary>
    UnsafeName = 1,

    /// <summary>Two entries have the same name, or names that differ in case only.</summary>
    DuplicateName = 2,

    /// <summary>An entry is a link, a device or another special file.</summary>
    SpecialFile = 3,

    /// <summary>There are more entries than the limit.</summary>
    TooManyEntries = 4,

    /// <summary>One entry is larger than the limit.</summary>
    EntryTooLarge = 5,

    /// <summary>All entries together are larger than the limit.</summary>
    TotalTooLarge = 6,

    /// <summary>The content is so much larger than the archive that it is made to exhaust a disk.</summary>
    RatioTooHigh = 7,

    /// <summary>An entry lies in more directories than the limit.</summary>
    TooDeep = 8,
}
