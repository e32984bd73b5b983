namespace SecurityToolchain.Secrets.Classification;

/// <summary>
/// Tells issued text from written text. Shannon entropy alone does not: English identifiers reach 3.5 bits a character. What
/// separates them is how often two neighbouring letters are a usual pair of letters: about six of seven in words and camel-case
/// names, one of six in base 62.
/// </summary>
internal static class Entropy
{
    /// <summary>Least bits a character for a part that may hold any letter.</summary>
    private const double LeastTokenBits = 2.9;

    /// <summary>Least bits a character for hexadecimal digits (at most 4).</summary>
    private const double LeastHexBits = 2.3;

    /// <summary>
    /// Above this share of usual letter pairs a text is taken for words. Measured: of base-62 text of 16 characters 1 in 100 is above, of
    /// 24 and more fewer than 1 in 200; of identifiers of 16 and more characters 97 in 100 are.
    /// </summary>
    private const double MostUsualPairs = 0.5;

    /// <summary>The same for a text that already has a provider's prefix and length.</summary>
    private const double MostUsualTokenPairs = 0.6;

    // Bit n of element m: the pair of letters 'a' + m, 'a' + n is usual in English words and identifiers.
    private static readonly uint[] s_usualPairs = BuildPairs(
        "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur ro ri io ic "
        + "ne me li ll co ma ce ch om ca el la ta us il ac di ec ss so tr lo be ho pe sh un no po ai ee ad ns na ge ie ol pr ul mo ot em rs "
        + "ut id tu ly ct fo ni wi op su am wa ow ir ts ev bl ga im fi ab sp ig da pa ke ex ag up rt ap ay pl ov ci ck ry do sc if qu rd bo "
        + "vi oo av by ty ue bu cr gr ep ui iv mi ob va fa fr pu gi wh ba ki ys ef ey ub ud rm og rn rk ms ok ht gh ft eg oc ip nc oi pi");

    /// <summary>Shannon entropy in bits a character; 0 for an empty text. Characters beyond ASCII count as one kind.</summary>
    public static double BitsPerCharacter(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (char c in text)
            counts[c < 128 ? c : 127]++;
        double bits = 0;
        foreach (int count in counts)
        {
            if (count == 0)
                continue;
            double share = (double)count / text.Length;
            bits -= share * Math.Log(share) / Math.Log(2);
        }

        return bits;
    }

    /// <summary>The share of neighbouring characters, inside words, that are a usual pair of letters: 0 to 1.</summary>
    public static double UsualPairShare(ReadOnlySpan<char> text)
    {
        int pairs = 0, usual = 0;
        for (int i = 1; i < text.Length; i++)
        {
            char left = text[i - 1], right = text[i];
            if (left is '_' or '-' or '.' or '/' or ' ' or ':' || right is '_' or '-' or '.' or '/' or ' ' or ':')
                continue;
            // The hump of a camel-case name is a word boundary, not a pair.
            if (char.IsLower(left) && char.IsUpper(right))
                continue;

            pairs++;
            int a = (left | 0x20) - 'a', b = (right | 0x20) - 'a';
            if (a is >= 0 and < 26 && b is >= 0 and < 26 && (s_usualPairs[a] >> b & 1) != 0)
                usual++;
        }

        return pairs == 0 ? 0 : (double)usual / pairs;
    }

    /// <summary>Whether the part of a provider's token behind its prefix looks issued.</summary>
    public static bool LooksRandomEnough(ReadOnlySpan<char> body)
    {
        if (body.Length < 12)
            return BitsPerCharacter(body) >= 1.5;
        // Few characters cannot show many bits.
        double least = (IsHex(body) ? LeastHexBits : LeastTokenBits) - (body.Length < 20 ? 0.5 : 0);
        return BitsPerCharacter(body) >= least && UsualPairShare(body) <= MostUsualTokenPairs;
    }

    /// <summary>Whether a text without any known format looks generated: at least 16 characters, digits among letters, no words.</summary>
    public static bool LooksRandom(ReadOnlySpan<char> text)
    {
        if (text.Length < 16)
            return false;
        int digits = 0, lower = 0, upper = 0, other = 0;
        foreach (char c in text)
        {
            if (c is >= '0' and <= '9')
                digits++;
            else if (c is >= 'a' and <= 'z')
                lower++;
            else if (c is >= 'A' and <= 'Z')
                upper++;
            else if (c is <= ' ' or '"' or '\'' or '<' or '>' or '(' or ')' or '{' or '}' or '\\' or ';' or ',' or > '~')
                return false;
            else
                other++;
        }

        bool mixed = digits >= 2 && lower + upper >= 2;
        // Base 64 of 24 or more bytes without a single digit is rare but happens.
        bool mixedCase = lower >= 4 && upper >= 4 && text.Length >= 24;
        if ((!mixed && !mixedCase) || other * 4 > text.Length)
            return false;
        return BitsPerCharacter(text) >= (IsHex(text) ? 2.6 : 3.1) && !IsWords(text);
    }

    /// <summary>Whether a text reads like words or names rather than like issued characters.</summary>
    public static bool IsWords(ReadOnlySpan<char> text) => UsualPairShare(text) > MostUsualPairs;

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!Patterns.Alphabet.HexDash.Contains(c))
                return false;
        }

        return true;
    }

    private static uint[] BuildPairs(string list)
    {
        var pairs = new uint[26];
        foreach (string pair in list.Split(' '))
            pairs[pair[0] - 'a'] |= 1u << (pair[1] - 'a');
        return pairs;
    }
}
