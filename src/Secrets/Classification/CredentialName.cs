namespace SecurityToolchain.Secrets.Classification;

/// <summary>Says whether a name is that of a credential.</summary>
internal static class CredentialName
{
    private static readonly string[] s_roots = ["pass", "pwd", "psw", "secret", "key", "token", "cred", "conn", "jwt", "pw", "pat", "sas", "dsn", "pepper", "kennwort", "senha", "contrasena", "haslo", "parola", "wachtwoord"];

    /// <summary>Classifies an identifier, a parameter, a configuration key or a header name.</summary>
    public static CredentialKind Classify(ReadOnlySpan<char> name)
    {
        if (name.Length is < 2 or > 200 || !HasRoot(name))
            return CredentialKind.None;
        Span<char> buffer = stackalloc char[NameWords.MostCharacters];
        Span<int> ends = stackalloc int[24];
        var words = new NameWords(LastKeyPart(name), buffer, ends);
        return Classify(words);
    }

    /// <summary>Whether a name holds one of the words, ignoring case and separators.</summary>
    public static bool Mentions(ReadOnlySpan<char> name, IReadOnlyList<string> joinedWords)
    {
        Span<char> buffer = stackalloc char[NameWords.MostCharacters];
        Span<int> ends = stackalloc int[24];
        var words = new NameWords(name, buffer, ends);
        for (int i = 0; i < joinedWords.Count; i++)
        {
            if (StartsAtWord(words, joinedWords[i]))
                return true;
        }

        return false;
    }

    // A short brand ("lob", "box") must begin a word of the name, or any text would match.
    private static bool StartsAtWord(in NameWords words, string brand)
    {
        int position = 0;
        ReadOnlySpan<char> joined = words.Joined;
        for (int i = 0; i < words.Count; i++)
        {
            ReadOnlySpan<char> rest = joined.Slice(position);
            if (rest.StartsWith(brand.AsSpan(), StringComparison.Ordinal)
                && (brand.Length >= 5 || words[i].Length == brand.Length || rest.Length == brand.Length))
                return true;
            position += words[i].Length;
        }

        return false;
    }

    // "Jwt:Secret", "spring.datasource.password", "Smtp__Password": the last part says what the value is.
    private static ReadOnlySpan<char> LastKeyPart(ReadOnlySpan<char> name)
    {
        int colon = name.LastIndexOf(':');
        if (colon >= 0 && colon + 1 < name.Length)
        {
            ReadOnlySpan<char> last = name.Slice(colon + 1);
            // "Jwt:Key", "Auth:Token": the part before says whose.
            bool isBare = last.Equals("key".AsSpan(), StringComparison.OrdinalIgnoreCase) || last.Equals("token".AsSpan(), StringComparison.OrdinalIgnoreCase);
            return !isBare && (last.Length > 3 || HasRoot(last)) ? last : name;
        }

        return name;
    }

    private static bool HasRoot(ReadOnlySpan<char> name)
    {
        foreach (string root in s_roots)
        {
            if (name.IndexOf(root.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    private static CredentialKind Classify(in NameWords words)
    {
        int last = words.Count - 1;
        while (last > 0 && char.IsDigit(words[last][0]))
            last--;
        if (last < 0)
            return CredentialKind.None;
        for (int i = 0; i <= last; i++)
        {
            if (Is(CredentialVocabulary.AboutAnywhere, words[i]))
                return CredentialKind.None;
        }

        if (last > 0 && Is(CredentialVocabulary.AboutFirst, words[0]))
            return CredentialKind.None;
        ReadOnlySpan<char> end = words[last];
        if (IsConnectionString(words, last))
            return CredentialKind.ConnectionString;
        if (CredentialVocabulary.FinalPasswords.Contains(end))
            return CredentialKind.Password;
        if (end is "key" or "keys")
            return ClassifyKey(words, last);
        if (CredentialVocabulary.AboutLast.Contains(end) && !(end is "value" or "source" or "data"))
            return CredentialKind.None;
        return ClassifyWords(words, last);
    }

    private static CredentialKind ClassifyKey(in NameWords words, int last)
    {
        if (last == 0)
            return CredentialKind.None;
        ReadOnlySpan<char> before = words[last - 1];
        // A key of data may be anyone's ("TempDataKey"), a key of a service what it is registered under.
        if (before is "data" or "service")
            return CredentialKind.Token;
        // "PasswordKey" is the key under which a password is looked up; "ConnectionStringKey" likewise.
        return CredentialVocabulary.KeyQualifiers.Contains(before) || CredentialVocabulary.Secrets.Contains(before) ? CredentialKind.Key : CredentialKind.None;
    }

    private static CredentialKind ClassifyWords(in NameWords words, int last)
    {
        var kind = CredentialKind.None;
        for (int i = 0; i <= last; i++)
        {
            ReadOnlySpan<char> word = words[i];
            CredentialKind found =
                CredentialVocabulary.Passwords.Contains(word) || CredentialVocabulary.EndsInPassword(word) ? CredentialKind.Password
                : CredentialVocabulary.Secrets.Contains(word) ? CredentialKind.Secret
                : CredentialVocabulary.Keys.Contains(word) || CredentialVocabulary.Tokens.Contains(word) ? CredentialKind.Key
                : word is "token" && i > 0 && Is(CredentialVocabulary.TokenQualifiers, words[i - 1]) ? CredentialKind.Key
                : word is "key" && i > 0 && Is(CredentialVocabulary.KeyQualifiers, words[i - 1]) ? CredentialKind.Key
                : CredentialVocabulary.WeakTokens.Contains(word) ? CredentialKind.Token
                : CredentialKind.None;
            if (found != CredentialKind.None && last - i <= 2)
                found = AreNeutral(words, i + 1, last) ? found : Weaker(found);
            else
                found = CredentialKind.None;
            if (found > kind)
                kind = found;
        }

        return kind;
    }

    private static bool AreNeutral(in NameWords words, int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            if (!Is(CredentialVocabulary.NeutralSuffixes, words[i]) && !char.IsDigit(words[i][0]))
                return false;
        }

        return true;
    }

    // "PasswordResult" and "apiKeyStripe": what follows is unknown, so the value has to show more.
    private static CredentialKind Weaker(CredentialKind kind) => kind is CredentialKind.Password or CredentialKind.Secret ? CredentialKind.Key : CredentialKind.Token;

    private static bool IsConnectionString(in NameWords words, int last)
    {
        ReadOnlySpan<char> end = words[last];
        if (end is "conn")
            return false;
        if (CredentialVocabulary.ConnectionStrings.Contains(end))
            return true;
        return last > 0 && end is "string" or "strings" or "str" && words[Math.Max(0, last - 1)] is "connection" or "conn" or "cnn";
    }

    private static bool Is(WordSet set, ReadOnlySpan<char> word) => set.Contains(word);
}
