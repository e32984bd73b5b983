namespace SecurityToolchain.Runtime.Secrets;

/// <summary>A place where secrets are kept. Implementations are thread safe.</summary>
public interface ISecretSource
{
    /// <summary>Says where the source looks, for error messages. Holds no secret.</summary>
    string Description { get; }

    /// <summary>Looks a secret up.</summary>
    /// <param name="name">Name of the secret, such as <c>API_KEY</c> or <c>ConnectionStrings:Main</c>.</param>
    /// <returns>The value, or <see langword="null"/> if this source has none. An empty value counts as none.</returns>
    string? Find(string name);
}
