using SecurityToolchain.Secrets.Classification;
using SecurityToolchain.Secrets.Configuration;
using SecurityToolchain.Secrets.Detection;

namespace SecurityToolchain.Secrets;

/// <summary>Finds secrets in configuration files, key by key: JSON with comments, XML, and files of lines. Thread safe.</summary>
public static class ConfigurationScanner
{
    /// <summary>Finds the secrets of a file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="fileName">Its name; the extension decides on the format, else the first character does.</param>
    /// <returns>At most one secret a value, in order. A file that is broken is read as far as it can be.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<ConfigurationSecret> Scan(string text, string fileName)
    {
        _ = text ?? throw new ArgumentNullException(nameof(text));
        _ = fileName ?? throw new ArgumentNullException(nameof(fileName));
        List<ConfigurationSecret>? secrets = null;
        foreach (ConfigurationEntry entry in Entries(text, fileName))
        {
            if (entry.Value.Length >= 3 && Find(entry) is { } match)
                (secrets ??= []).Add(new ConfigurationSecret(entry.Name, match));
        }

        return secrets ?? (IReadOnlyList<ConfigurationSecret>)[];
    }

    private static IEnumerable<ConfigurationEntry> Entries(string text, string fileName)
    {
        if (fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".jsonc", StringComparison.OrdinalIgnoreCase))
            return JsonEntries.Read(text);
        int first = 0;
        while (first < text.Length && (char.IsWhiteSpace(text[first]) || text[first] == '\uFEFF'))
            first++;
        return first < text.Length && text[first] == '<' ? XmlEntries.Read(text) : first < text.Length && text[first] == '{' ? JsonEntries.Read(text) : LineEntries.Read(text);
    }

    private static SecretMatch? Find(in ConfigurationEntry entry)
    {
        ReadOnlySpan<char> name = entry.Name.AsSpan();
        foreach (SecretMatch match in SecretScanner.Default.Scan(entry.Value, SecretContext.Value(entry.Name)))
            return Placed(match, entry);
        CredentialKind kind = CredentialName.Classify(name);
        if (kind == CredentialKind.None || !CredentialValue.IsCredential(kind, name, entry.Value.AsSpan()))
            return null;
        return new SecretMatch(SecretIds.NamedCredential, "credential by name", entry.Start, entry.Length, SecretConfidence.Medium, ChecksumState.None, Redaction.Mask);
    }

    // Offsets inside the value hold only where nothing in it is escaped; else the whole value is the place.
    private static SecretMatch Placed(in SecretMatch match, in ConfigurationEntry entry) => entry.Value.Length == entry.Length
        ? match with { Start = entry.Start + match.Start }
        : match with { Start = entry.Start, Length = entry.Length };
}
