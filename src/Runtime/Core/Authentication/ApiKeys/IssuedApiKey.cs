namespace SecurityToolchain.Runtime.Authentication.ApiKeys;

/// <summary>A new API key. The only time that the whole key is known.</summary>
public sealed class IssuedApiKey
{
    internal IssuedApiKey(string key, ApiKeyRecord record)
    {
        Key = key;
        Record = record;
    }

    /// <summary>The key, to be shown to its owner once.</summary>
    public string Key { get; }

    /// <summary>What was stored.</summary>
    public ApiKeyRecord Record { get; }

    /// <summary>Names the key without showing it.</summary>
    public override string ToString() => $"IssuedApiKey({Record.Id})";
}
