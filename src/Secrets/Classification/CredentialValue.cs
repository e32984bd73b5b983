using SecurityToolchain.Secrets.Detection;

namespace SecurityToolchain.Secrets.Classification;

/// <summary>Says whether a value under a credential's name is one, or a label, key name, path or stand-in.</summary>
internal static class CredentialValue
{
    private const int LeastPassword = 3;
    private const int LeastSecret = 6;
    private const int LongestValue = 4096;

    /// <summary>Whether a value is a credential of the kind that its name promises.</summary>
    /// <param name="kind">What the name says; connection strings are not decided here.</param>
    /// <param name="name">The name, because a value that repeats it is a label.</param>
    /// <param name="value">The value.</param>
    public static bool IsCredential(CredentialKind kind, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (kind is CredentialKind.None or CredentialKind.ConnectionString || value.Length > LongestValue || value.Length < LeastPassword)
            return false;
        if (PlaceholderText.IsPlaceholder(value) || IsReference(value) || NameRepetition.IsMatch(name, value)
            || (value.IndexOf(';') > 0 && ConnectionStringDetector.IsConnectionString(value)))
            return false;
        return kind switch
        {
            // "secret" under a password's name was typed as one.
            CredentialKind.Password => !IsLabel(value) || value.Equals("secret".AsSpan(), StringComparison.OrdinalIgnoreCase),
            CredentialKind.Secret => value.Length >= LeastSecret && !IsLabel(value) && !IsTitleWord(value) && !IsCodeName(value),
            CredentialKind.Key => value.Length >= LeastSecret && !NameRepetition.IsIdentifierFor(name, value) && !IsLabel(value) && !IsTitleWord(value) && (HasDigitAndLetter(value) || IsMadeUpSecret(value) || Entropy.LooksRandom(value)) && !IsCodeName(value),
            _ => value.Length >= 16 && Entropy.LooksRandom(value) && !IsUuid(value),
        };
    }

    /// <summary>
    /// Whether a constant on its way into a credential parameter is a real one: everything but stand-ins. Its name plays no part.
    /// </summary>
    public static bool IsUsable(ReadOnlySpan<char> value) => value.Length > 0 && !PlaceholderText.IsPlaceholder(value);

    /// <summary>Whether a value is eight-four-four-four-twelve hexadecimal digits.</summary>
    public static bool IsUuid(ReadOnlySpan<char> value)
    {
        if (value.Length != 36)
            return false;
        for (int i = 0; i < value.Length; i++)
        {
            bool dash = i is 8 or 13 or 18 or 23;
            if (dash != (value[i] == '-') || (!dash && !Patterns.Alphabet.Hex.Contains(value[i])))
                return false;
        }

        return true;
    }

    /// <summary>Whether a value has a digit and a letter, as hardly any word has.</summary>
    public static bool MixesDigitsAndLetters(ReadOnlySpan<char> value) => HasDigitAndLetter(value);

    // Paths, links, selectors, parameters, formats, markup, patterns, file names: they point to something.
    private static bool IsReference(ReadOnlySpan<char> value)
    {
        char first = value[0];
        if (first is '/' or '~' or '.' && value.Length > 1 && value.IndexOf('/') >= 0 && !Entropy.LooksRandom(value))
            return true;
        if (value.IndexOf("://".AsSpan(), StringComparison.Ordinal) > 0 || value.StartsWith("\\\\".AsSpan(), StringComparison.Ordinal)
            || (value.Length > 2 && value[1] == ':' && value[2] == '\\'))
            return true;
        if (value.IndexOf('{') >= 0 && value.IndexOf('}') > 0 || value.IndexOf('<') >= 0 && value.IndexOf('>') > 0)
            return true;
        if (first is '#' or '.' or '@' or ':' or '-' or '$' or '?' && IsLettersOnly(value.Slice(1)))
            return true;
        if (value.IndexOf("[a-z".AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0 || value.IndexOf("(?".AsSpan(), StringComparison.Ordinal) >= 0
            || (first == '^' && value[value.Length - 1] == '$') || value.IndexOf("\\d".AsSpan(), StringComparison.Ordinal) >= 0 || value.IndexOf("\\w".AsSpan(), StringComparison.Ordinal) >= 0)
            return true;
        return IsFileName(value);
    }

    private static bool IsFileName(ReadOnlySpan<char> value)
    {
        int dot = value.LastIndexOf('.');
        return dot > 0 && value.Slice(dot + 1).ToString().ToLowerInvariant() is "json" or "txt" or "pem" or "key" or "pfx" or "p12" or "config" or "xml" or "cshtml" or "razor"
            or "aspx" or "html" or "cs" or "yml" or "yaml" or "crt" or "cer" or "dll" or "ini" or "env" or "resx" or "png" or "svg";
    }

    /// <summary>Whether a value is a text for people or the name of a key, column, header or setting.</summary>
    private static bool IsLabel(ReadOnlySpan<char> value)
    {
        if ((IsSentence(value) && !IsPassphrase(value)) || IsStandardValue(value))
            return true;
        char last = value[value.Length - 1];
        if (last is ':' or '?' or '=' && value.Length > 2 && !Entropy.LooksRandom(value) && IsNameLike(value.Slice(0, value.Length - 1)))
            return true;
        Span<char> buffer = stackalloc char[NameWords.MostCharacters];
        Span<int> ends = stackalloc int[24];
        var words = new NameWords(value, buffer, ends);
        if (words.Count == 0)
            return false;
        bool password = false, secret = false, allKnown = true;
        for (int i = 0; i < words.Count; i++)
        {
            ReadOnlySpan<char> word = words[i];
            bool isPassword = CredentialVocabulary.PasswordWords.Contains(word);
            bool isSecret = CredentialVocabulary.SecretWords.Contains(word) || word is "key" or "keys" or "token" or "tokens" or "credential" or "credentials" or "apikey";
            password |= isPassword;
            secret |= isSecret;
            allKnown &= isPassword || isSecret || CredentialVocabulary.LabelWords.Contains(word);
        }

        bool keyPath = value.IndexOf(':') > 0 || value.IndexOf('.') > 0;
        if ((password || secret) && allKnown)
            return IsLettersAndSeparators(value) && (keyPath || value.IndexOf('_') > 0 || value.IndexOf('-') > 0 || password != secret) && !StartsWithMy(words, secret && !password);
        // "Auth:Smtp:Credential", "DB_PASSWORD", "errors.password.short": words only, one of them a credential's.
        return (password || secret) && (keyPath || IsScreaming(value)) && IsLettersAndSeparators(value);
    }

    // "this is my custom secret key" talks about itself, "correct horse battery staple" strings words together; a text for people does neither.
    private static bool IsPassphrase(ReadOnlySpan<char> value)
    {
        const int LeastWords = 4;
        Span<char> buffer = stackalloc char[NameWords.MostCharacters];
        Span<int> ends = stackalloc int[24];
        var words = new NameWords(value, buffer, ends);
        if (value.Length > NameWords.MostCharacters || words.Count < LeastWords)
            return false;
        bool isMine = false, isSecret = false, hasGlue = false;
        for (int i = 0; i < words.Count; i++)
        {
            ReadOnlySpan<char> word = words[i];
            isMine |= word is "my";
            isSecret |= CredentialVocabulary.PasswordWords.Contains(word) || CredentialVocabulary.SecretWords.Contains(word) || word is "key" or "token";
            hasGlue |= CredentialVocabulary.SentenceWords.Contains(word);
        }

        if (isMine && isSecret)
            return true;
        foreach (char c in value)
        {
            if (c is not (' ' or (>= 'a' and <= 'z')))
                return false;
        }

        return !hasGlue && !isSecret;
    }

    private static bool IsStandardValue(ReadOnlySpan<char> value)
    {
        if (value.Length > 24)
            return false;
        Span<char> lower = stackalloc char[24];
        return CredentialVocabulary.StandardValues.Contains(lower.Slice(0, value.ToLowerInvariant(lower)));
    }

    // "my-api-key" is a sample; "mypassword" and "my-secret" are what people really type.
    private static bool StartsWithMy(in NameWords words, bool secretOnly) =>
        words[0].Equals("my".AsSpan(), StringComparison.Ordinal) && (!secretOnly || words.Count > 1 && words[1].Equals("secret".AsSpan(), StringComparison.Ordinal));

    private static bool IsSentence(ReadOnlySpan<char> value)
    {
        int spaces = 0, nonAscii = 0, letters = 0;
        foreach (char c in value)
        {
            if (char.IsWhiteSpace(c))
                spaces++;
            else if (c > 127)
                nonAscii++;
            else if (char.IsLetter(c))
                letters++;
        }

        // A single word in another language is a caption: passwords outside ASCII are rare, captions are not.
        return spaces > 0 || (nonAscii > 0 && nonAscii + letters == value.Length);
    }

    // One capitalised word or two: "Confidential", "Administrator". Made-up secrets are longer or hold something else.
    private static bool IsTitleWord(ReadOnlySpan<char> value)
    {
        if (!char.IsUpper(value[0]) || value.Length > 14)
            return false;
        foreach (char c in value.Slice(1))
        {
            if (!char.IsLower(c))
                return false;
        }

        return true;
    }

    // Names of the code itself: "urn:example", "System.String", "X-Request-Id", "user/read", "SCREAMING_NAME".
    private static bool IsCodeName(ReadOnlySpan<char> value)
    {
        if (Entropy.LooksRandom(value))
            return false;
        // "PWD_001"
        if (value.Length < 20 && IsScreaming(value))
            return !IsMadeUpSecret(value);
        if (HasDigitAndLetter(value))
            return false;
        if (value.IndexOf('.') > 0 || value.IndexOf(':') > 0 || value.IndexOf('/') > 0)
            return IsLettersAndSeparators(value);
        return IsScreaming(value) && !IsMadeUpSecret(value);
    }

    private static bool IsScreaming(ReadOnlySpan<char> value)
    {
        bool underscore = false;
        foreach (char c in value)
        {
            if (c is not ((>= 'A' and <= 'Z') or '_' or (>= '0' and <= '9')))
                return false;
            underscore |= c == '_';
        }

        return underscore;
    }

    // "ThisIsMySuperSecretKey", "super-secret", "topsecretsigningkey": text that calls itself secret and is not just a name.
    private static bool IsMadeUpSecret(ReadOnlySpan<char> value) =>
        value.Length >= 8 && (Contains(value, "secret") || Contains(value, "password") || Contains(value, "passw0rd") || Contains(value, "p@ss") || (value.Length >= 12 && (Contains(value, "key") || Contains(value, "token"))));

    private static bool HasDigitAndLetter(ReadOnlySpan<char> value)
    {
        bool digit = false, letter = false;
        foreach (char c in value)
        {
            digit |= c is >= '0' and <= '9';
            letter |= c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
        }

        return digit && letter;
    }

    private static bool IsNameLike(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.' or ' '))
                return false;
        }

        return true;
    }

    private static bool IsLettersOnly(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsLetter(c) && c is not ('_' or '-'))
                return false;
        }

        return value.Length > 0;
    }

    private static bool IsLettersAndSeparators(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsLetter(c) && c is not ('_' or '-' or '.' or ':' or '/' or '[' or ']' or '='))
                return false;
        }

        return true;
    }

    private static bool Contains(ReadOnlySpan<char> value, string part) => value.IndexOf(part.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0;
}
