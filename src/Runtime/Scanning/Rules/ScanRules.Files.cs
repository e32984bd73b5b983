using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Rules;

public static partial class ScanRules
{
    /// <summary>STC8001: the content belongs to another extension.</summary>
    public static RuleMetadata ExtensionMismatch { get; } = Rule(
        "STC8001", "extension-mismatch", "Content does not match the extension", FindingSeverity.Warning, [646, 434],
        "The format found in the content is never stored under this extension. Programs and scripts under the name of a document or picture are errors.",
        "Rename the file, or find out who gave it this name.");

    /// <summary>STC8002: valid as two formats.</summary>
    public static RuleMetadata Polyglot { get; } = Rule(
        "STC8002", "polyglot-file", "File is valid as more than one format", FindingSeverity.Warning, [436],
        "A second format starts or ends inside a file of another one, so two programs read two different things from the same bytes.",
        "Rebuild the file from its parts.");

    /// <summary>STC8003: a program inside a file that is none.</summary>
    public static RuleMetadata EmbeddedExecutable { get; } = Rule(
        "STC8003", "embedded-executable", "Executable inside another file", FindingSeverity.Warning, [506],
        "A complete executable header was found inside or behind the content of a file that is not an executable or an archive.",
        "Find out what put it there; extract and scan it.");

    /// <summary>STC8004: a name made to look harmless.</summary>
    public static RuleMetadata DeceptiveName { get; } = Rule(
        "STC8004", "deceptive-name", "File name hides what the file is", FindingSeverity.Error, [451],
        "The name has a second extension, direction controls, a stream separator, or trailing blanks in front of an extension that runs.",
        "Do not open the file; find out who named it.");

    /// <summary>STC8010: an archive that inflates beyond measure.</summary>
    public static RuleMetadata ArchiveBomb { get; } = Rule(
        "STC8010", "archive-bomb", "Archive inflates beyond the limits", FindingSeverity.Error, [409],
        "Inflated bytes were counted while they came out, and a limit of ratio, total size, entries or depth was reached; or entries share their stored bytes.",
        "Do not unpack the archive.");

    /// <summary>STC8011: a member that leaves the target directory.</summary>
    public static RuleMetadata ArchiveEntryEscapes { get; } = Rule(
        "STC8011", "archive-entry-escapes", "Archive member leaves the target directory", FindingSeverity.Error, [22, 23],
        "The name of a member is absolute, has a drive, or climbs with '..', so that a careless program writes outside the directory it unpacks to.",
        "Unpack with a library that refuses such names.");

    /// <summary>STC8012: a link in an archive.</summary>
    public static RuleMetadata ArchiveLink { get; } = Rule(
        "STC8012", "archive-link", "Archive holds a link that leaves it", FindingSeverity.Warning, [59, 61],
        "A symbolic or hard link in the archive points to an absolute path or above the archive's root; a later member can be written through it.",
        "Unpack without links.");

    /// <summary>STC8013: two members of one name.</summary>
    public static RuleMetadata ArchiveDuplicateEntry { get; } = Rule(
        "STC8013", "archive-duplicate-entry", "Archive holds two members of one name", FindingSeverity.Warning, [694],
        "Two members have the same name, or names that are the same on a file system that ignores case; programs differ in which one they take.",
        "Rebuild the archive.");

    /// <summary>STC8014: local and central headers differ.</summary>
    public static RuleMetadata ArchiveHeaderMismatch { get; } = Rule(
        "STC8014", "archive-header-mismatch", "Archive headers contradict each other", FindingSeverity.Warning, [436, 130],
        "The local header of a member and the central directory, or a header and the content, say different things; a checker and an unpacker may see different files.",
        "Rebuild the archive.");

    /// <summary>STC8015: a special name in an archive.</summary>
    public static RuleMetadata ArchiveSpecialName { get; } = Rule(
        "STC8015", "archive-special-name", "Archive member has a dangerous name", FindingSeverity.Warning, [41, 67],
        "The name has control characters or a stream separator, is a device name of Windows, is too long, or ends with a dot or blank.",
        "Unpack with a library that refuses such names.");

    /// <summary>STC8016: a device in an archive.</summary>
    public static RuleMetadata ArchiveSpecialFile { get; } = Rule(
        "STC8016", "archive-special-file", "Archive holds a device, a pipe or a set-user-id program", FindingSeverity.Warning, [732],
        "A member is a device node or pipe, or has the set-user-id or set-group-id bit.",
        "Unpack without special files and permission bits.");

    /// <summary>STC8017: data outside the members.</summary>
    public static RuleMetadata ArchiveHiddenData { get; } = Rule(
        "STC8017", "archive-hidden-data", "Archive holds data that no member owns", FindingSeverity.Note, [436],
        "There are bytes before, between or after the members that no directory entry covers. Self-extracting archives have them too.");
}
