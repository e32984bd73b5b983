using SecurityToolchain.Secrets.Classification;
using SecurityToolchain.Secrets.Patterns;

namespace SecurityToolchain.Secrets.Detection;

/// <summary>Formats without anything distinctive, which need the provider's name beside the value.</summary>
internal static class NamedValueDetector
{
    private static readonly SecretPattern[] s_patterns = Array.FindAll(SecretPatterns.Items, static pattern => pattern.NeedsName);

    /// <summary>Whether the whole value has the format of a provider that the name mentions beside a word for credentials.</summary>
    public static bool TryMatch(ReadOnlySpan<char> name, ReadOnlySpan<char> value, out SecretPattern? pattern)
    {
        pattern = null;
        if (value.Length is < 10 or > 2048 || name.Length < 3 || !MentionsCredential(name))
            return false;
        foreach (SecretPattern candidate in s_patterns)
        {
            if (candidate.TryMatchAt(value, 0, out int length) && length == value.Length
                && CredentialName.Mentions(name, candidate.ContextNames) && candidate.LooksIssued(value))
            {
                pattern = candidate;
                return true;
            }
        }

        return false;
    }

    // "HerokuAppId" is no key; "HerokuApiKey" and "HEROKU_TOKEN" are. A name about something else ("...Hash") is none either.
    private static bool MentionsCredential(ReadOnlySpan<char> name)
    {
        if (CredentialName.Classify(name) != CredentialKind.None)
            return true;
        return name.EndsWith("key".AsSpan(), StringComparison.OrdinalIgnoreCase) || name.EndsWith("auth".AsSpan(), StringComparison.OrdinalIgnoreCase);
    }
}
