namespace SecurityToolchain.Scanning.History;

/// <summary>Content that a commit brought into the history: a file, or the commit's message.</summary>
/// <param name="Id">The blob, or the commit.</param>
/// <param name="Path">The path of the file in the commit; null for the message.</param>
/// <param name="Commit">The index of the commit.</param>
internal readonly record struct GitHistoryItem(GitObjectId Id, string? Path, int Commit);
