namespace SecurityToolchain.Secrets;

/// <summary>What is known about a text besides its characters.</summary>
/// <param name="Scope">What kind of text it is.</param>
/// <param name="Name">The name of the variable, key or parameter that holds the value, or null.</param>
/// <param name="IncludeLowConfidence">Whether matches of <see cref="SecretConfidence.Low"/> are returned too; default no.</param>
public readonly record struct SecretContext(SecretScope Scope, string? Name = null, bool IncludeLowConfidence = false)
{
    /// <summary>Free text without a name.</summary>
    public static SecretContext Text { get; } = new(SecretScope.Text);

    /// <summary>A configuration file.</summary>
    public static SecretContext Configuration { get; } = new(SecretScope.Configuration);

    /// <summary>One value that is held under a name.</summary>
    public static SecretContext Value(string? name = null) => new(SecretScope.Value, name);
}
