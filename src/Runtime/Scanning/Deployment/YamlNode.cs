namespace SecurityToolchain.Scanning.Deployment;

/// <summary>A node of a YAML document with its place.</summary>
internal sealed class YamlNode
{
    public int Line { get; init; }

    public int Column { get; init; }

    /// <summary>The text of a scalar; null for collections.</summary>
    public string? Value { get; init; }

    /// <summary>The pairs of a mapping in their order; null for others.</summary>
    public List<(string Key, YamlNode Value)>? Pairs { get; init; }

    /// <summary>The items of a sequence; null for others.</summary>
    public List<YamlNode>? Items { get; init; }

    /// <summary>The value under a key, or null.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach ((string name, YamlNode value) in Pairs ?? [])
            {
                if (name == key)
                    return value;
            }

            return null;
        }
    }

    /// <summary>The value at the end of a path, or null.</summary>
    public YamlNode? At(params ReadOnlySpan<string> path)
    {
        YamlNode? node = this;
        foreach (string key in path)
            node = node?[key];
        return node;
    }

    public bool IsTrue => Value is "true" or "True" or "TRUE" or "yes" or "on";

    public bool IsFalse => Value is "false" or "False" or "FALSE" or "no" or "off";
}
