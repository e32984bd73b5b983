using System.Text;
using SecurityToolchain.Secrets.Checksums;
using SecurityToolchain.Secrets.Patterns;

namespace SecurityToolchain.Secrets.Tests.Patterns;

/// <summary>Makes tokens of a format from a fixed seed, so that the sources hold no text that a secret scanner would stop.</summary>
internal sealed class TokenGenerator(uint seed)
{
    private uint _state = unchecked(seed * 2654435761u) | 1;

    public string Token(SecretPattern pattern, int addToLastRun = 0)
    {
        string token = Build(pattern, addToLastRun);
        return pattern.Checksum == Crc32Base62.Validate ? WithCrc32(token) : token;
    }

    /// <summary>The token with every variable character replaced by one.</summary>
    public static string Constant(SecretPattern pattern, char c)
    {
        var text = new StringBuilder();
        foreach (Segment segment in pattern.Segments)
            text.Append(segment.Literal ?? new string(segment.Alphabet!.Contains(c) ? c : segment.Alphabet.Characters[0], segment.Minimum));
        return text.ToString();
    }

    public string Characters(string alphabet, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(alphabet[(int)(Next() % (uint)alphabet.Length)]);
        return text.ToString();
    }

    private string Build(SecretPattern pattern, int addToLastRun)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.Segments.Length; i++)
        {
            Segment segment = pattern.Segments[i];
            bool lastRun = segment.Literal is null && !pattern.Segments.Skip(i + 1).Any(static later => later.Literal is null);
            if (segment.Literal is not null)
                text.Append(segment.Literal);
            else
                text.Append(Characters(Plain(segment.Alphabet!), (lastRun && addToLastRun > 0 ? segment.Maximum : segment.Minimum) + (lastRun ? addToLastRun : 0)));
        }

        return text.ToString();
    }

    private static string WithCrc32(string token)
    {
        int body = token.IndexOf('_', StringComparison.Ordinal) + 1;
        Span<char> checksum = stackalloc char[6];
        Crc32Base62.Encode(Crc32.Compute(token.AsSpan(body, token.Length - body - 6)), checksum);
        return string.Concat(token.AsSpan(0, token.Length - 6), checksum);
    }

    // Issued tokens are mostly letters and digits even where their alphabet has more.
    private static string Plain(Alphabet alphabet)
    {
        string plain = new([.. alphabet.Characters.Where(char.IsLetterOrDigit)]);
        return plain.Length == 0 ? alphabet.Characters : plain;
    }

    private uint Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return _state >> 3;
    }
}
