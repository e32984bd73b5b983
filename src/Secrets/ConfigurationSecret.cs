namespace SecurityToolchain.Secrets;

/// <summary>A secret in a configuration file.</summary>
/// <param name="Name">The key that holds it with the keys above it, separated by colons; not secret.</param>
/// <param name="Match">Where it lies in the file's characters, and what it is.</param>
public readonly record struct ConfigurationSecret(string Name, SecretMatch Match);
