using Microsoft.Extensions.Configuration;

namespace SecurityToolchain.Runtime.Secrets;

/// <summary>Reads secrets from .NET configuration: user secrets in development, Key Vault or another provider in production.</summary>
public sealed class ConfigurationSecretSource : ISecretSource
{
    private readonly IConfiguration _configuration;

    /// <summary>Creates a source.</summary>
    /// <param name="configuration">Read at every look-up, so that a reload takes effect.</param>
    public ConfigurationSecretSource(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _configuration = configuration;
    }

    /// <inheritdoc/>
    public string Description => "configuration";

    /// <inheritdoc/>
    public string? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string? value = _configuration[name];
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
