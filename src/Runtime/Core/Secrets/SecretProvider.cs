using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Secrets;

/// <summary>
/// Looks secrets up in a list of sources, the first that has one wins. It keeps no copy of a value. Thread safe.
/// </summary>
/// <example>
/// <code>string apiKey = SecretProvider.Default.GetRequired("API_KEY");</code>
/// </example>
public sealed class SecretProvider
{
    private static SecretProvider s_default = new(new EnvironmentSecretSource(), new FileSecretSource());

    private readonly ISecretSource[] _sources;

    /// <summary>Creates a provider.</summary>
    /// <param name="sources">At least one source, in the order in which they are asked.</param>
    /// <exception cref="ArgumentException">There is no source, or one is <see langword="null"/>.</exception>
    public SecretProvider(params ReadOnlySpan<ISecretSource> sources)
    {
        if (sources.IsEmpty)
            throw Error.Invalid(nameof(sources), "A secret provider needs at least one source.");
        _sources = sources.ToArray();
        if (Array.IndexOf(_sources, null) >= 0)
            throw Error.Invalid(nameof(sources), "A source of a secret provider must not be null.");
    }

    /// <summary>
    /// The provider for code that no other is handed to: environment variables, then files in <c>/run/secrets</c>. An application that
    /// keeps its secrets elsewhere sets it once, when it starts.
    /// </summary>
    /// <exception cref="ArgumentNullException">The new value is <see langword="null"/>.</exception>
    [AllowNull]
    public static SecretProvider Default
    {
        get => Volatile.Read(ref s_default);
        set => Volatile.Write(ref s_default, value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>Creates a provider that asks .NET configuration first, then what <see cref="Default"/> asks at its start.</summary>
    /// <param name="configuration">Read at every look-up.</param>
    public static SecretProvider FromConfiguration(IConfiguration configuration) =>
        new(new ConfigurationSecretSource(configuration), new EnvironmentSecretSource(), new FileSecretSource());

    /// <summary>Returns a secret, or <see langword="null"/> if no source has it or its value is empty.</summary>
    /// <param name="name">Name of the secret, such as <c>API_KEY</c> or <c>ConnectionStrings:Main</c>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (ISecretSource source in _sources)
        {
            string? value = source.Find(name);
            if (!string.IsNullOrEmpty(value))
                return value;
        }

        return null;
    }

    /// <summary>Returns a secret.</summary>
    /// <param name="name">Name of the secret, such as <c>API_KEY</c> or <c>ConnectionStrings:Main</c>.</param>
    /// <exception cref="SecretNotFoundException">No source has it, or its value is empty.</exception>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string GetRequired(string name) =>
        Find(name) ?? throw new SecretNotFoundException(name, Array.ConvertAll(_sources, static source => source.Description));

    /// <summary>Returns a secret of bytes, which is kept as base64 text.</summary>
    /// <param name="name">Name of the secret.</param>
    /// <exception cref="SecretNotFoundException">No source has it, or its value is empty.</exception>
    /// <exception cref="SecretFormatException">The value is not base64.</exception>
    public byte[] GetRequiredBytes(string name)
    {
        string text = GetRequired(name);
        byte[] bytes = new byte[checked((text.Length / 4 * 3) + 3)];
        bool decoded = Convert.TryFromBase64String(text, bytes, out int count);
        if (!decoded)
            throw new SecretFormatException(name, "its value is not base64 text");
        byte[] secret = bytes.AsSpan(0, count).ToArray();
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }

    /// <summary>Returns a secret as UTF-8 in memory that is locked and wiped.</summary>
    /// <param name="name">Name of the secret.</param>
    /// <returns>A buffer that the caller disposes.</returns>
    /// <exception cref="SecretNotFoundException">No source has it, or its value is empty.</exception>
    public SecureBuffer GetRequiredBuffer(string name) => SecureBuffer.FromUtf8(GetRequired(name));
}
