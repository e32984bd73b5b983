using System.Collections.Frozen;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>Says of a member's name whether the member holds or makes a secret, word by word: <c>ResetToken</c> does, <c>Tokenizer</c> does not.</summary>
internal static class SecretNames
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "password", "passwd", "passphrase", "passcode", "token", "secret", "nonce", "salt", "otp", "totp", "csrf", "xsrf", "apikey", "sessionid", "captcha",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Pairs = new[]
    {
        "api key", "session id", "session key", "encryption key", "private key", "access key", "secret key", "signing key", "verification code", "reset code", "security code", "confirmation code", "login code", "pin code", "recovery code",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What is counted, measured or classified about a secret is none.
    private static readonly FrozenSet<string> Neutral = new[]
    {
        "index", "count", "length", "type", "kind", "position", "size", "offset", "start", "end", "expiry", "expiration", "lifetime", "delay", "timeout", "retries", "attempts", "source", "cancellation",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsSecret(string member)
    {
        List<string> words = Split(member);
        bool found = false;
        for (int i = 0; i < words.Count; i++)
        {
            if (Neutral.Contains(words[i]))
                return false;
            found |= Words.Contains(words[i]) || (i + 1 < words.Count && Pairs.Contains(words[i] + " " + words[i + 1]));
        }

        return found;
    }

    // Small letter to capital, the last capital before small letters, and everything that is no letter separates: "GetOTPCode" is get, OTP, code.
    private static List<string> Split(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool letter = i < name.Length && char.IsAsciiLetter(name[i]);
            bool upper = letter && char.IsAsciiLetterUpper(name[i]);
            bool begins = upper && i > start && (char.IsAsciiLetterLower(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (letter && !begins)
                continue;
            if (i > start)
                words.Add(name[start..i]);
            start = letter ? i : i + 1;
        }

        return words;
    }
}
