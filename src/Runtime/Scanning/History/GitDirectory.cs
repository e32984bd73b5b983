using System.Text;
using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.History;

/// <summary>
/// The directories of one repository: its own, the one it shares with other work trees, and those that hold its objects. Files in them are
/// opened below a handle and without following links. Nothing of its configuration is obeyed but the format of objects.
/// </summary>
internal sealed class GitDirectory : IDisposable
{
    private const int MaxSmallFile = 1 << 20;
    private const int MaxAlternates = 16;

    private readonly List<(string Path, DirectoryHandle? Handle)> _open = [];

    private GitDirectory(string own, string common)
    {
        Own = own;
        Common = common;
    }

    /// <summary>The directory of this work tree.</summary>
    public string Own { get; }

    /// <summary>The directory that all work trees share; mostly the same.</summary>
    public string Common { get; }

    /// <summary>The directories with objects; the repository's own is the first.</summary>
    public IReadOnlyList<string> ObjectDirectories { get; private set; } = [];

    /// <summary>The bytes of an object's name.</summary>
    public int IdLength { get; private set; } = GitObjectId.Sha1Length;

    /// <summary>Whether references are in a form that is not read.</summary>
    public bool HasReferenceTables { get; private set; }

    /// <summary>Finds the repository of a directory: in it, above it, or the directory itself when it is bare.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>Null when there is no repository.</returns>
    public static GitDirectory? TryOpen(string directory)
    {
        for (string? at = Path.GetFullPath(directory); at is not null; at = Path.GetDirectoryName(at))
        {
            string inside = Path.Combine(at, ".git");
            string? own = Directory.Exists(inside) ? inside : File.Exists(inside) ? Linked(at, inside) : IsBare(at) ? at : null;
            if (own is null || !Directory.Exists(own))
                continue;
            string common = ReadSmall(Path.Combine(own, "commondir")) is { } path ? Path.GetFullPath(path.Trim(), own) : own;
            var result = new GitDirectory(own, common);
            result.ReadConfiguration();
            result.FindObjects();
            return result;
        }

        return null;
    }

    /// <summary>Opens a file below one of the directories.</summary>
    public OpenedFile Open(string directory, string relative)
    {
        DirectoryHandle? handle;
        lock (_open)
        {
            int known = _open.FindIndex(entry => entry.Path == directory);
            if (known < 0)
            {
                known = _open.Count;
                _open.Add((directory, DirectoryHandle.TryOpen(directory)));
            }

            handle = _open[known].Handle;
        }

        return FileOpener.OpenBelow(handle, relative, Path.Combine(directory, relative));
    }

    /// <summary>Reads a text file, or null when there is none that can be read.</summary>
    public byte[]? TryRead(string directory, string relative, int maxBytes)
    {
        using OpenedFile file = Open(directory, relative);
        if (file.Handle is null || file.Length > maxBytes)
            return null;
        byte[] content = new byte[file.Length];
        int length = 0, read;
        while (length < content.Length && (read = RandomAccess.Read(file.Handle, content.AsSpan(length), length)) > 0)
            length += read;
        return content[..length];
    }

    public void Dispose()
    {
        foreach ((_, DirectoryHandle? handle) in _open)
            handle?.Dispose();
    }

    // "gitdir: PATH" stands in the .git file of linked work trees and submodules.
    private static string? Linked(string at, string file) =>
        ReadSmall(file) is { } text && text.StartsWith("gitdir:", StringComparison.Ordinal) ? Path.GetFullPath(text["gitdir:".Length..].Trim(), at) : null;

    private static bool IsBare(string at) => File.Exists(Path.Combine(at, "HEAD")) && Directory.Exists(Path.Combine(at, "objects")) && Directory.Exists(Path.Combine(at, "refs"));

    private static string? ReadSmall(string path)
    {
        using OpenedFile file = FileOpener.Open(path);
        if (file.Handle is null || file.Length > 64 << 10)
            return null;
        byte[] content = new byte[file.Length];
        int length = RandomAccess.Read(file.Handle, content, 0);
        string text = Encoding.UTF8.GetString(content, 0, length);
        return text.Contains('\0', StringComparison.Ordinal) ? null : text;
    }

    private void ReadConfiguration()
    {
        string section = "";
        foreach (string raw in Encoding.UTF8.GetString(TryRead(Common, "config", MaxSmallFile) ?? []).Split('\n'))
        {
            string line = raw.Trim();
            if (line.StartsWith('['))
            {
                section = line.TrimStart('[').Split(']')[0].Trim();
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !section.Equals("extensions", StringComparison.OrdinalIgnoreCase))
                continue;
            string name = line[..equals].Trim(), value = line[(equals + 1)..].Trim();
            if (name.Equals("objectformat", StringComparison.OrdinalIgnoreCase) && value.Equals("sha256", StringComparison.OrdinalIgnoreCase))
                IdLength = GitObjectId.Sha256Length;
            else if (name.Equals("refstorage", StringComparison.OrdinalIgnoreCase) && !value.StartsWith("files", StringComparison.OrdinalIgnoreCase))
                HasReferenceTables = true;
        }
    }

    // Alternates may have alternates; each directory is taken once.
    private void FindObjects()
    {
        var found = new List<string> { Path.Combine(Common, "objects") };
        for (int i = 0; i < found.Count && found.Count < MaxAlternates; i++)
        {
            foreach (string raw in Encoding.UTF8.GetString(TryRead(found[i], "info/alternates", MaxSmallFile) ?? []).Split('\n'))
            {
                string line = raw.Trim();
                if (line.Length == 0 || line.StartsWith('#') || line.Contains('\0', StringComparison.Ordinal))
                    continue;
                string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(line, found[i]));
                if (!found.Contains(path, StringComparer.Ordinal) && found.Count < MaxAlternates)
                    found.Add(path);
            }
        }

        ObjectDirectories = found;
    }

    /// <summary>The path of the repository to show.</summary>
    public string Show(string root)
    {
        string relative = Path.GetRelativePath(root, Own).Replace('\\', '/');
        return PrintableText.Escape(relative.StartsWith("..", StringComparison.Ordinal) ? Own.Replace('\\', '/') : relative);
    }
}
