using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>Judges the names and link targets of the members of one archive.</summary>
internal sealed class EntryNames(AnalysisContext context)
{
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$",
    };

    private readonly Dictionary<string, string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an absolute path, or one that climbs above its start at any point.</summary>
    public static bool Escapes(string name)
    {
        string path = name.Replace('\\', '/');
        if (path.StartsWith('/') || (path.Length >= 2 && char.IsAsciiLetter(path[0]) && path[1] == ':'))
            return true;
        return Climbs(path, startDepth: 0);
    }

    /// <summary>Checks a member's name.</summary>
    /// <param name="name">The name as stored.</param>
    /// <param name="offset">The offset of the member.</param>
    public void Check(string name, long offset)
    {
        string shown = PrintableText.Escape(name, 200);
        FindingLocation location = context.At(offset);
        if (Escapes(name))
            context.Report(new Finding(ScanRules.ArchiveEntryEscapes, $"The member '{shown}' would be written outside the target directory.", location) { Identity = shown });
        if (SpecialReason(name) is { } reason)
            context.Report(new Finding(ScanRules.ArchiveSpecialName, $"The name of the member '{shown}' {reason}.", location) { Identity = shown });
        string key = name.Replace('\\', '/').TrimEnd('/');
        if (!_seen.TryAdd(key, name))
        {
            bool same = _seen[key].Equals(name, StringComparison.Ordinal);
            // A directory may be listed again; that changes nothing.
            if (same && name.EndsWith('/'))
                return;
            context.Report(new Finding(ScanRules.ArchiveDuplicateEntry, same ? $"The name '{shown}' is used twice." : $"The name '{shown}' differs from another one in case or separators only.", location)
            {
                Severity = same ? FindingSeverity.Warning : FindingSeverity.Note,
                Identity = shown,
            });
        }
    }

    /// <summary>Checks where a link leads.</summary>
    /// <param name="name">The name of the link.</param>
    /// <param name="target">What it points to.</param>
    /// <param name="symbolic">Whether the target is relative to the link; targets of hard links are relative to the archive.</param>
    /// <param name="offset">The offset of the member.</param>
    public void CheckLink(string name, string target, bool symbolic, long offset)
    {
        string path = target.Replace('\\', '/');
        int depth = symbolic ? name.Replace('\\', '/').TrimEnd('/').Count(static c => c == '/') : 0;
        bool absolute = path.StartsWith('/') || (path.Length >= 2 && char.IsAsciiLetter(path[0]) && path[1] == ':');
        if (absolute || Climbs(path, depth))
        {
            context.Report(new Finding(ScanRules.ArchiveLink, $"The link '{PrintableText.Escape(name, 200)}' leads to '{PrintableText.Escape(target, 200)}', outside the archive.", context.At(offset))
            {
                Identity = name,
            });
        }
    }

    private static bool Climbs(string path, int startDepth)
    {
        int depth = startDepth;
        foreach (Range range in path.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> segment = path.AsSpan()[range];
            if (segment.Length == 0 || segment is ".")
                continue;
            depth += segment is ".." ? -1 : 1;
            if (depth < 0)
                return true;
        }

        return false;
    }

    private static string? SpecialReason(string name)
    {
        foreach (char c in name)
        {
            if (char.IsControl(c))
                return "has a control character";
        }

        string path = name.Replace('\\', '/');
        foreach (string segment in path.Split('/'))
        {
            if (segment.Length == 0 || segment is "." or "..")
                continue;
            int dot = segment.IndexOf('.', StringComparison.Ordinal);
            if (Devices.Contains((dot < 0 ? segment : segment[..dot]).TrimEnd()))
                return "is a device of Windows";
            if (segment[^1] is '.' or ' ')
                return "has a part that ends with a dot or blank, which Windows drops";
            if (segment.Contains(':', StringComparison.Ordinal) && !(segment.Length == 2 && char.IsAsciiLetter(segment[0])))
                return "has ':', which is an alternate stream on Windows";
        }

        return null;
    }
}
