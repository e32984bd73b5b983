namespace SecurityToolchain.Cli.Scanning;

/// <summary>Something that the user has to change; the message says what.</summary>
#pragma warning disable CA1032 // Made in one form only: without a message it would say nothing.
internal sealed class UsageException(string message) : Exception(message);
