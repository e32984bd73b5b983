namespace SecurityToolchain.Scanning.Binaries.DotNet.Resources;

/// <summary>One entry of a .resources file.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsText">Whether the value is a string in UTF-8; else it is bytes.</param>
/// <param name="Offset">The offset of the value's first byte.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct ResourceEntry(string Name, bool IsText, int Offset, int Length);
