using System;
using System.Linq;

namespace SecurityToolchain.Analyzers.Rules.Injection.SearchPath;

/// <summary>Which texts name a program or library that is looked for in several folders.</summary>
internal static class SearchedNames
{
    private static readonly string[] s_windowsPrograms = [".exe", ".com", ".bat", ".cmd", ".ps1", ".msc", ".scr"];

    // Folders that everybody may write to.
    private static readonly string[] s_writable = ["/tmp", "/var/tmp", "/dev/shm", "c:\\temp", "c:\\tmp", "c:\\windows\\temp", "c:\\users\\public"];

    /// <summary>Whether a program is named without a folder. URLs and documents are opened by what is registered for them.</summary>
    public static bool IsProgram(string name)
    {
        string text = name.Trim().Trim('"');
        if (text.Length == 0 || text.IndexOfAny(['/', '\\', ':', '%', '$', '{']) >= 0)
            return false;
        int dot = text.LastIndexOf('.');
        return dot < 0 || IsWindowsProgram(text) || text.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) || text.IndexOf(' ') < 0 && text.Length - dot <= 3 && char.IsDigit(text[text.Length - 1]);
    }

    /// <summary>Whether the name is one that only Windows gives programs.</summary>
    public static bool IsWindowsProgram(string name) => s_windowsPrograms.Any(extension => name.Trim().Trim('"').EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an assembly file is named relative to the current folder.</summary>
    public static bool IsLibrary(string name) => name.Length > 0 && name.IndexOfAny(['/', '\\', ':']) < 0;

    /// <summary>The part of a search path that anybody may put files into: an empty or relative one, or a shared folder.</summary>
    public static string? WeakPart(string searchPath)
    {
        char separator = searchPath.IndexOf(';') >= 0 || searchPath.IndexOf(":\\", StringComparison.Ordinal) == 1 ? ';' : ':';
        foreach (string part in searchPath.Split(separator))
        {
            string folder = part.Trim().TrimEnd('/', '\\');
            if (folder is "." or "..")
                return part.Trim();
            if (s_writable.Any(one => folder.Equals(one, StringComparison.OrdinalIgnoreCase)))
                return part.Trim();
        }

        return null;
    }
}
