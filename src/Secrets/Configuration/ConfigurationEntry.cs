namespace SecurityToolchain.Secrets.Configuration;

/// <summary>A value of a configuration file.</summary>
/// <param name="Name">Its key with the keys above it, separated by colons: <c>Smtp:Password</c>.</param>
/// <param name="Value">The value with escapes resolved.</param>
/// <param name="Start">The offset of the raw value in the file, in characters, without quotes.</param>
/// <param name="Length">The length of the raw value.</param>
internal readonly record struct ConfigurationEntry(string Name, string Value, int Start, int Length);
