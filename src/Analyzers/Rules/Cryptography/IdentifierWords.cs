using System;
using System.Collections.Generic;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>Splits identifiers into lower-case words.</summary>
internal static class IdentifierWords
{
    /// <summary><c>_apiKey2FA</c> gives <c>api, key, 2fa</c>; <c>GetOTPCode</c> gives <c>get, otp, code</c>.</summary>
    public static List<string> Split(string identifier)
    {
        var words = new List<string>();
        int start = -1;
        for (int i = 0; i <= identifier.Length; i++)
        {
            bool isPart = i < identifier.Length && char.IsLetterOrDigit(identifier[i]);
            if (start >= 0 && (!isPart || StartsWord(identifier, i, start)))
            {
                words.Add(identifier.Substring(start, i - start).ToLowerInvariant());
                start = -1;
            }

            if (isPart && start < 0)
                start = i;
        }

        return words;
    }

    private static bool StartsWord(string text, int index, int start)
    {
        if (!char.IsUpper(text[index]))
            return false;
        if (!char.IsUpper(text[index - 1]))
            return !(char.IsDigit(text[index - 1]) && index - start == 1);

        // The last capital of a run begins the next word: OTPCode.
        return index + 1 < text.Length && char.IsLower(text[index + 1]) && !IsPluralEnd(text, index + 1);
    }

    private static bool IsPluralEnd(string text, int index) =>
        text[index] == 's' && (index + 1 == text.Length || !char.IsLower(text[index + 1]));
}
