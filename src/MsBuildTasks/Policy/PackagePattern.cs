namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>A package id, or the start of ids followed by <c>*</c>. Compared without case.</summary>
public sealed class PackagePattern
{
    private readonly string _text;
    private readonly bool _isPrefix;

    private PackagePattern(string text, bool isPrefix)
    {
        _text = text;
        _isPrefix = isPrefix;
    }

    /// <summary>Parses a pattern.</summary>
    /// <param name="text">The pattern, for example <c>Contoso.*</c>. A star alone is no pattern: it would cover everything.</param>
    /// <returns>The pattern, or null when the text is none.</returns>
    public static PackagePattern? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.EndsWith('*') ? text[..^1] : text;
        bool valid = name.Length > 0 && name.All(static character => char.IsLetterOrDigit(character) || character is '.' or '-' or '_');
        return valid ? new PackagePattern(name, name.Length < text.Length) : null;
    }

    /// <summary>Whether an id matches.</summary>
    /// <param name="id">The package id.</param>
    public bool Matches(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _isPrefix ? id.StartsWith(_text, StringComparison.OrdinalIgnoreCase) : id.Equals(_text, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string ToString() => _isPrefix ? _text + "*" : _text;
}
