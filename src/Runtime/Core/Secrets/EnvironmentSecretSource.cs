namespace SecurityToolchain.Runtime.Secrets;

/// <summary>
/// Reads secrets from the process's environment. A name with colons is also tried with double underscores, as .NET configuration does:
/// <c>ConnectionStrings:Main</c> is <c>ConnectionStrings__Main</c>.
/// </summary>
public sealed class EnvironmentSecretSource : ISecretSource
{
    private readonly string _prefix;

    /// <summary>Creates a source.</summary>
    /// <param name="prefix">Put in front of every name; empty by default.</param>
    public EnvironmentSecretSource(string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(prefix);
        _prefix = prefix;
    }

    /// <inheritdoc/>
    public string Description => _prefix.Length == 0 ? "environment variables" : $"environment variables with prefix '{_prefix}'";

    /// <inheritdoc/>
    public string? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
            return null;
        string? value = Environment.GetEnvironmentVariable(_prefix + name);
        if (string.IsNullOrEmpty(value) && name.Contains(':', StringComparison.Ordinal))
            value = Environment.GetEnvironmentVariable(_prefix + name.Replace(":", "__", StringComparison.Ordinal));
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
