namespace SecurityToolchain.Scanning.Strings;

/// <summary>A string that was found in a file, escaped and with secrets redacted.</summary>
/// <param name="Text">The text, safe to print.</param>
/// <param name="Offset">The offset in bytes of its first character.</param>
/// <param name="Encoding">How it was encoded.</param>
/// <param name="Category">What it looks like.</param>
/// <param name="Member">The member that loads it, for strings of .NET metadata; else null.</param>
public sealed record ExtractedString(string Text, long Offset, StringEncoding Encoding, StringCategory Category, string? Member = null);
