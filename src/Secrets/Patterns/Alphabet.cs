namespace SecurityToolchain.Secrets.Patterns;

/// <summary>A set of ASCII characters that a part of a token is made of; membership is one bit test.</summary>
internal sealed class Alphabet
{
    public static readonly Alphabet Digits = new("0123456789");
    public static readonly Alphabet LowerHex = new("0123456789abcdef");
    public static readonly Alphabet Hex = new("0123456789abcdefABCDEF");
    public static readonly Alphabet Lower = new("abcdefghijklmnopqrstuvwxyz");
    public static readonly Alphabet Upper = new("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    public static readonly Alphabet Letters = new(Lower.Characters + Upper.Characters);
    public static readonly Alphabet LowerAlnum = new(Digits.Characters + Lower.Characters);
    public static readonly Alphabet UpperAlnum = new(Digits.Characters + Upper.Characters);
    public static readonly Alphabet Base62 = new(Digits.Characters + Upper.Characters + Lower.Characters);
    public static readonly Alphabet Word = new(Base62.Characters + "_");
    public static readonly Alphabet Base64Url = new(Base62.Characters + "-_");
    public static readonly Alphabet Base64 = new(Base62.Characters + "+/");
    public static readonly Alphabet Base64Padded = new(Base62.Characters + "+/=");
    public static readonly Alphabet Base64Any = new(Base62.Characters + "+/-_=");
    public static readonly Alphabet Base32Lower = new("abcdefghijklmnopqrstuvwxyz234567");
    public static readonly Alphabet Base32Upper = new("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    public static readonly Alphabet LowerAlnumDash = new(LowerAlnum.Characters + "-");
    public static readonly Alphabet LowerAlnumUnderscore = new(LowerAlnum.Characters + "_");
    public static readonly Alphabet UpperHex = new("0123456789ABCDEF");
    public static readonly Alphabet HexDash = new("0123456789abcdefABCDEF-");
    public static readonly Alphabet Base62Dash = new(Base62.Characters + "-");
    public static readonly Alphabet Base62Dot = new(Base62.Characters + ".");
    public static readonly Alphabet Base64UrlDot = new(Base64Url.Characters + ".");
    public static readonly Alphabet Base64UrlPadded = new(Base64Url.Characters + "=");
    public static readonly Alphabet AzureSecret = new(Base64Url.Characters + "~.");

    private readonly ulong _low;
    private readonly ulong _high;

    /// <summary>Creates a set of ASCII characters.</summary>
    public Alphabet(string characters)
    {
        Characters = characters;
        foreach (char c in characters)
        {
            if (c < 64)
                _low |= 1UL << c;
            else
                _high |= 1UL << (c - 64);
        }
    }

    /// <summary>The members, each once.</summary>
    public string Characters { get; }

    /// <summary>The set with further members.</summary>
    public Alphabet With(string characters) => new(Characters + characters);

    /// <summary>Whether a character belongs to the set.</summary>
    public bool Contains(char c) => c < 64 ? (_low >> c & 1) != 0 : c < 128 && (_high >> (c - 64) & 1) != 0;
}
