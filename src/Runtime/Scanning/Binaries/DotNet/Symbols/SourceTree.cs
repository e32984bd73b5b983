using System.Security.Cryptography;
using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Symbols;

/// <summary>A working tree that the documents of symbols are compared with. Files are opened below a handle; links are not followed.</summary>
public sealed class SourceTree : IDisposable
{
    private const int MaxFileLength = 64 << 20;

    private readonly string _root;
    private readonly DirectoryHandle? _handle;

    /// <summary>Opens a tree.</summary>
    /// <param name="root">The directory.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public SourceTree(string root)
    {
        _root = Path.GetFullPath(root);
        if (!Directory.Exists(_root))
            throw new DirectoryNotFoundException($"The directory '{root}' does not exist.");
        _handle = DirectoryHandle.TryOpen(_root);
    }

    /// <summary>Compares one document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="symbols">The symbols that name it; their source link tells where the tree's root was.</param>
    /// <param name="path">The path in the tree that was compared, or the name of the document.</param>
    public SourceMatch Compare(SourceDocument document, PortableSymbols symbols, out string path)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(symbols);
        path = document.Name;
        if (document.Hash.IsEmpty || document.Algorithm is not ("sha256" or "sha1"))
            return SourceMatch.NotComparable;
        foreach (string candidate in Candidates(document.Name, symbols))
        {
            if (TryRead(candidate) is not { } content)
                continue;
            path = candidate;
            return Compare(document, content);
        }

        return SourceMatch.Missing;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();

    /// <summary>Compares content with the hash of a document.</summary>
    internal static SourceMatch Compare(SourceDocument document, ReadOnlySpan<byte> content)
    {
        if (Fits(document, content))
            return SourceMatch.Same;
        return Fits(document, WithLineEnds(content, carriageReturn: false)) || Fits(document, WithLineEnds(content, carriageReturn: true)) ? SourceMatch.SameButLineEnds : SourceMatch.Different;
    }

    private static bool Fits(SourceDocument document, ReadOnlySpan<byte> content)
    {
#pragma warning disable CA5350 // Old compilers recorded SHA-1; it is the only thing to compare with then, and the report names the algorithm.
        byte[] hash = document.Algorithm == "sha256" ? SHA256.HashData(content) : SHA1.HashData(content);
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(hash, document.Hash.AsSpan());
    }

    private static byte[] WithLineEnds(ReadOnlySpan<byte> content, bool carriageReturn)
    {
        var result = new MemoryStream(content.Length + 1024);
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] == '\r' && i + 1 < content.Length && content[i + 1] == '\n')
                continue;
            if (content[i] == '\n' && carriageReturn)
                result.WriteByte((byte)'\r');
            result.WriteByte(content[i]);
        }

        return result.ToArray();
    }

    // The part behind the root that the source link names is certain. Without one, the longest end of the path that exists is the best guess.
    private static IEnumerable<string> Candidates(string name, PortableSymbols symbols)
    {
        string slashes = name.Replace('\\', '/');
        foreach ((string prefix, _) in symbols.SourceLinks.OrderByDescending(static link => link.Prefix.Length))
        {
            string start = prefix.TrimEnd('*').Replace('\\', '/');
            if (prefix.EndsWith('*') && slashes.StartsWith(start, StringComparison.Ordinal) && IsPlain(slashes[start.Length..]))
            {
                yield return slashes[start.Length..];
                yield break;
            }
        }

        string rest = slashes.TrimStart('/');
        while (rest.Length > 0)
        {
            if (IsPlain(rest))
                yield return rest;
            int slash = rest.IndexOf('/', StringComparison.Ordinal);
            // A file name alone would be found in the wrong place too often.
            if (slash < 0 || rest.IndexOf('/', slash + 1) < 0)
                yield break;
            rest = rest[(slash + 1)..];
        }
    }

    private static bool IsPlain(string path) => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal) && !path.Split('/').Any(static part => part is ".." or "");

    private byte[]? TryRead(string relative)
    {
        using OpenedFile file = FileOpener.OpenBelow(_handle, relative, Path.Combine(_root, relative));
        if (file.Handle is null || file.Length > MaxFileLength)
            return null;
        byte[] content = new byte[file.Length];
        int length = 0, read;
        while (length < content.Length && (read = RandomAccess.Read(file.Handle, content.AsSpan(length), length)) > 0)
            length += read;
        return length == content.Length ? content : null;
    }
}
