namespace SecurityToolchain.Scanning.History;

/// <summary>The kinds of git objects; the numbers are those of pack files.</summary>
internal enum GitObjectKind
{
    None = 0,
    Commit = 1,
    Tree = 2,
    Blob = 3,
    Tag = 4,
}
