namespace SecurityToolchain.Scanning.History;

/// <summary>An object with its content.</summary>
internal readonly record struct GitObject(GitObjectKind Kind, byte[] Content);
