using System.Buffers.Text;

namespace SecurityToolchain.Scanning.History;

/// <summary>What the walk needs of a commit; who made it is not read.</summary>
internal readonly record struct GitCommit(GitObjectId Id, GitObjectId Tree, GitObjectId[] Parents, long Seconds)
{
    /// <summary>Reads a commit.</summary>
    /// <exception cref="GitFormatException">It has no tree.</exception>
    public static GitCommit Parse(GitObjectId id, ReadOnlySpan<byte> content)
    {
        GitObjectId? tree = null;
        var parents = new List<GitObjectId>();
        long seconds = 0;
        ReadOnlySpan<byte> head = content[..MessageStart(content)];
        foreach (Range range in head.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = head[range];
            if (line.StartsWith("tree "u8) && tree is null && GitObjectId.TryParse(line[5..], id.Length, out GitObjectId treeId))
                tree = treeId;
            else if (line.StartsWith("parent "u8) && GitObjectId.TryParse(line[7..], id.Length, out GitObjectId parent))
                parents.Add(parent);
            else if (line.StartsWith("committer "u8) && line.LastIndexOf("> "u8) is var at and >= 0 && Utf8Parser.TryParse(line[(at + 2)..], out long value, out _))
                seconds = value;
        }

        return new GitCommit(id, tree ?? throw new GitFormatException(ScanIssueKind.Malformed, $"The commit {id} has no tree."), [.. parents], seconds);
    }

    /// <summary>Where the message starts: behind the first empty line.</summary>
    public static int MessageStart(ReadOnlySpan<byte> content) => content.IndexOf("\n\n"u8) is var at and >= 0 ? at + 2 : content.Length;
}
