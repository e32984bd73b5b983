using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Secrets;
using SecurityToolchain.Secrets.Classification;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Decides whether a constant is a secret, by its format, its name, or where it goes.</summary>
internal static class SecretJudge
{
    private const int LeastByteKey = 8;

    private static readonly string[] s_listsOfNames = ["Names", "Keys", "Types", "Constants.Claims", "Headers", "Fields", "Columns", "Resources", "Strings", "Labels", "Messages", "Policies", "Permissions", "Routes", "Scopes", "Claims", "Localization", "Captions", "Errors", "Tags", "Codes", "Flags", "Features", "Metrics", "Events"];

    /// <summary>By format: providers' tokens, passwords inside connection strings and URLs, keys. The first that counts.</summary>
    public static SecretVerdict? ByFormat(string text, string? name, bool hasOtherEvidence, bool isTest)
    {
        if (text.Length < 8 || (name is null && !SecretScanner.Default.MayContainSecret(text.AsSpan())))
            return null;
        foreach (SecretMatch match in SecretScanner.Default.Scan(text.AsSpan(), new SecretContext(SecretScope.Value, name, hasOtherEvidence)))
        {
            if (isTest && !IsIssued(match, text))
                continue;
            return SecretVerdict.Of(match, name);
        }

        return null;
    }

    /// <summary>By name: the place is called like a credential and the value looks like one.</summary>
    public static SecretVerdict? ByName(string text, in ValueTarget target, CredentialKind kind, CredentialKind fallbackKind, bool isTest)
    {
        if (text.Length < 3 || (isTest && !Entropy.LooksRandom(text.AsSpan())))
            return null;
        return ByName(text, target.Name, kind, target) ?? ByName(text, target.FallbackName, fallbackKind, target);
    }

    /// <summary>By destination: the value goes into a credential's parameter or property.</summary>
    public static bool IsUsableCredential(string text, bool isTest) => CredentialValue.IsUsable(text.AsSpan()) && (!isTest || Entropy.LooksRandom(text.AsSpan()));

    /// <summary>Whether a literal is a secret where it turned out to go.</summary>
    public static bool IsSecretAt(LiteralSite site, FlowSink sink)
    {
        if (sink.Name is not { } name)
            return site.Text is null || IsUsableCredential(site.Text, site.IsTest);
        if (site.Text is not { } text)
            return IsNamedKey(name, site.Count, isText: false);
        CredentialKind kind = CredentialName.Classify(name.AsSpan());
        return text.Length >= 3 && (!site.IsTest || Entropy.LooksRandom(text.AsSpan())) && CredentialValue.IsCredential(kind, name.AsSpan(), text.AsSpan());
    }

    /// <summary>The password behind a user's name that varies, on its way into a credential: <c>$"{user}:hunter2"</c>.</summary>
    public static SecretVerdict? PasswordOfUser(string text, bool isTest)
    {
        const string Before = SecretText.Hole + ":";
        if (!text.StartsWith(Before, StringComparison.Ordinal) || text.IndexOf(SecretText.Hole, Before.Length, StringComparison.Ordinal) >= 0)
            return null;
        return IsUsableCredential(text.Substring(Before.Length), isTest) ? new SecretVerdict("it goes into a credential", Before.Length, text.Length, null) : null;
    }

    /// <summary>Whether an array of constant bytes or characters under this name is a key or password.</summary>
    public static bool IsNamedKey(string? name, int length, bool isText) =>
        name is not null && (isText || length >= LeastByteKey) && CredentialName.Classify(name.AsSpan()) is CredentialKind.Key or CredentialKind.Secret or CredentialKind.Password;

    private static SecretVerdict? ByName(string text, string? name, CredentialKind kind, in ValueTarget target)
    {
        if (name is null)
            return null;
        if (IsAuthorizationHeader(name))
            return IsAuthorizationValue(text) ? new SecretVerdict("value of an authorization header", 0, text.Length, name) : null;
        if (kind == CredentialKind.None || !CredentialValue.IsCredential(kind, name.AsSpan(), text.AsSpan()))
            return null;
        // Lists of the names of credentials are as usual as lists of credentials: only a value that no name looks like counts.
        if (target.IsElement && !CredentialValue.MixesDigitsAndLetters(text.AsSpan()) && !Entropy.LooksRandom(text.AsSpan()))
            return null;
        if (IsInListOfNames(target.Symbol) && !Entropy.LooksRandom(text.AsSpan()))
            return null;
        string description = target.IsComparison ? "'" + name + "' is compared with it" : "value of '" + name + "'";
        return new SecretVerdict(description, 0, text.Length, name);
    }

    private static bool IsAuthorizationHeader(string name) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase);

    // "Bearer abcdef", "ApiKey 123456": a scheme and something behind it. A scheme alone is joined with a token elsewhere.
    private static bool IsAuthorizationValue(string text)
    {
        int space = text.IndexOf(' ');
        string credential = space > 0 ? text.Substring(space + 1).Trim() : text;
        return credential.Length >= (space > 0 ? 6 : 16) && credential.IndexOf(' ') < 0 && CredentialValue.IsUsable(credential.AsSpan()) && credential.IndexOf('{') < 0
            && (space > 0 || Entropy.LooksRandom(credential.AsSpan()));
    }

    // ClaimTypes, HeaderNames, ConfigKeys, Resources: their constants are names of things.
    private static bool IsInListOfNames(ISymbol? symbol)
    {
        if (symbol is not (IFieldSymbol or IPropertySymbol) || symbol.ContainingType is not { } type)
            return false;
        return Array.Exists(s_listsOfNames, suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal));
    }

    private static bool IsIssued(in SecretMatch match, string text) =>
        match.Checksum == ChecksumState.Valid || match.PatternId is "private-key" or "json-web-token"
        || (match.Length >= 16 && Entropy.LooksRandom(text.AsSpan(match.Start, match.Length)));
}
