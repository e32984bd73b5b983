namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>One resource of a PE file.</summary>
/// <param name="Type">The number of the type, or 0 when it has a name.</param>
/// <param name="TypeName">The name of the type: one of the system's, or the file's own.</param>
/// <param name="Name">The name or number.</param>
/// <param name="Language">The language.</param>
/// <param name="Offset">The offset of its bytes in the file.</param>
/// <param name="Length">Their number.</param>
public sealed record PeResource(int Type, string TypeName, string Name, int Language, long Offset, int Length);
