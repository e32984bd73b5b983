namespace SecurityToolchain.RuleTool;

/// <summary>A rule cannot be written as asked; the message says what to change.</summary>
internal sealed class ScaffoldException(string message) : Exception(message);
