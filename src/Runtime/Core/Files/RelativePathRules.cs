using System.Buffers;
using System.Text;

namespace SecurityToolchain.Runtime.Files;

/// <summary>
/// What a path below a root may look like. The rules are those of all platforms together, so that a name that is harmless here does not
/// become a device, a stream or a parent directory when it travels.
/// </summary>
internal static class RelativePathRules
{
    public const int MaxPathLength = 4096;
    private const int MaxSegmentSizeInBytes = 255;

    private static readonly SearchValues<char> s_refused = SearchValues.Create("<>:\"|?*\\\0\u007F");
    private static readonly SearchValues<char> s_lookAlikes = SearchValues.Create("\u2024\u2025\u2026\uFF0E\u2215\u2044\uFF0F\uFF3C");
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    public static PathValidationError Check(string path)
    {
        if (path.Length == 0)
            return PathValidationError.InvalidCharacters;
        if (path.Length > MaxPathLength)
            return PathValidationError.PathTooLong;
        if (path[0] == '/' || path.StartsWith('~') || HasEncodedSeparator(path) || HasParentSegment(path) || HasDrive(path))
            return PathValidationError.PathTraversal;
        if (path.AsSpan().IndexOfAny(s_refused) >= 0 || HasControlCharacter(path))
            return PathValidationError.InvalidCharacters;
        foreach (Range range in path.AsSpan().Split('/'))
        {
            PathValidationError error = CheckSegment(path.AsSpan(range));
            if (error != PathValidationError.None)
                return error;
        }

        return PathValidationError.None;
    }

    private static PathValidationError CheckSegment(ReadOnlySpan<char> segment)
    {
        // Windows drops dots and spaces at the end, so "..." or "secret.txt." are other names there. An empty segment is "//" or a slash at the end.
        if (segment.IsEmpty || segment[^1] is '.' or ' ' || segment[0] == ' ')
            return PathValidationError.InvalidCharacters;
        if (Encoding.UTF8.GetByteCount(segment) > MaxSegmentSizeInBytes)
            return PathValidationError.PathTooLong;
        return IsDevice(segment) ? PathValidationError.ReservedName : PathValidationError.None;
    }

    /// <summary>Looks at both separators, whatever the platform: an archive made on one is unpacked on the other.</summary>
    private static bool HasParentSegment(string path)
    {
        foreach (Range range in path.AsSpan().SplitAny('/', '\\'))
        {
            if (path.AsSpan(range).Trim(' ') is "..")
                return true;
        }

        return false;
    }

    private static bool HasDrive(string path) => path[0] == '\\' || (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]));

    /// <summary>A dot or separator that somebody else would decode: %2e, %2f, %5c, %00, their double encodings, and overlong or full-width forms.</summary>
    private static bool HasEncodedSeparator(string path)
    {
        for (int at = path.IndexOf('%', StringComparison.Ordinal); at >= 0 && at + 2 < path.Length; at = path.IndexOf('%', at + 1))
        {
            if (path.AsSpan(at + 1).StartsWith("2e", StringComparison.OrdinalIgnoreCase)
                || path.AsSpan(at + 1).StartsWith("2f", StringComparison.OrdinalIgnoreCase)
                || path.AsSpan(at + 1).StartsWith("5c", StringComparison.OrdinalIgnoreCase)
                || path.AsSpan(at + 1).StartsWith("c0", StringComparison.OrdinalIgnoreCase)
                || path.AsSpan(at + 1).StartsWith("00", StringComparison.Ordinal)
                || path.AsSpan(at + 1).StartsWith("25", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return path.AsSpan().ContainsAny(s_lookAlikes);
    }

    private static bool HasControlCharacter(string path)
    {
        foreach (char character in path)
        {
            if (char.IsControl(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)
            {
                return true;
            }
        }

        for (int i = 0; i < path.Length; i++)
        {
            if (char.IsHighSurrogate(path[i]) && i + 1 < path.Length && char.IsLowSurrogate(path[i + 1]))
                i++;
            else if (char.IsSurrogate(path[i]))
                return true;
        }

        return false;
    }

    private static bool IsDevice(ReadOnlySpan<char> segment)
    {
        int dot = segment.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        foreach (string device in s_devices)
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        // COM1 to COM9 and LPT1 to LPT9; Windows takes the superscript digits 1 to 3 too.
        return stem.Length == 4
            && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
            && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3';
    }
}
