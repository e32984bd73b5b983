using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Strings;

/// <summary>Says what a string looks like, and takes secrets out of it. Works in time linear in the length; uses no regular expressions.</summary>
public static class StringCategorizer
{
    private const int KeptCharacters = 4;

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");
    private static readonly SearchValues<char> Base58 = SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_");
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly string[] TokenPrefixes =
        ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xoxr-", "sk_live_", "rk_live_", "sk-ant-", "AKIA", "ASIA", "AIza", "npm_", "oy2", "SG.", "dop_v1_", "shpat_", "hf_", "eyJhbGciOi"];

    private static readonly string[] SecretNames = ["password", "passwd", "pwd", "secret", "apikey", "api_key", "accountkey", "sharedaccesskey", "token", "clientsecret", "client_secret"];

    private static readonly SearchValues<string> TokenMarks = SearchValues.Create(TokenPrefixes, StringComparison.Ordinal);
    private static readonly SearchValues<string> NameMarks = SearchValues.Create(SecretNames, StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> SecretMarks = SearchValues.Create([.. TokenPrefixes, .. SecretNames, "-----BEGIN ", "://"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[]?[] CommandStarts = ByFirstLetter(
        ["cmd.exe", "cmd /c", "powershell", "pwsh", "rundll32", "regsvr32", "mshta", "wscript", "cscript", "certutil", "bitsadmin", "schtasks", "wmic ", "net user", "reg add", "curl ", "wget ", "bash -c", "sh -c", "/bin/sh", "/bin/bash", "chmod ", "nc -", "vssadmin"]);

    private static readonly string[]?[] SqlStarts = ByFirstLetter(["select ", "insert into ", "update ", "delete from ", "drop table ", "create table ", "exec ", "merge into ", "alter table "]);

    /// <summary>Categorises a string and redacts it when it is a secret.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text to show, which never holds a secret that was recognised, and the category.</returns>
    public static (string Text, StringCategory Category) Describe(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (FindSecret(trimmed, out int start, out int length))
            return (string.Concat(trimmed.AsSpan(0, start), Redact(trimmed.AsSpan(start, length)), trimmed.AsSpan(start + length)), StringCategory.Token);
        return (text, Categorize(trimmed));
    }

    /// <summary>Replaces a secret by its first characters and a piece of its digest, enough to recognise it and too little to use it.</summary>
    /// <param name="secret">The secret.</param>
    public static string Redact(ReadOnlySpan<char> secret)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(secret.ToString()), digest);
        ReadOnlySpan<char> kept = secret.Length >= KeptCharacters * 4 ? secret[..KeptCharacters] : default;
        return string.Create(CultureInfo.InvariantCulture, $"{kept}***[sha256:{Convert.ToHexStringLower(digest[..4])}]");
    }

    /// <summary>Categorises a string that is not a secret.</summary>
    /// <param name="text">The text without blanks around it.</param>
    public static StringCategory Categorize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < 4)
            return StringCategory.Other;
        if (HasScheme(text))
            return StringCategory.Url;
        if (StartsWithAny(text, CommandStarts))
            return StringCategory.Command;
        if (IsRegistryKey(text))
            return StringCategory.RegistryKey;
        if (char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/' && text.AsSpan(3).IndexOfAny("<>\"|?*") < 0)
            return StringCategory.WindowsPath;
        if (text.StartsWith(@"\\", StringComparison.Ordinal) && text.IndexOf('\\', 2) > 2)
            return StringCategory.WindowsPath;
        if (text[0] == 'M' && text.StartsWith("Mozilla/", StringComparison.Ordinal))
            return StringCategory.UserAgent;
        if (StartsWithAny(text, SqlStarts) && text.Length > 14)
            return StringCategory.Sql;
        if (text.Length is >= 32 and <= 68 && Guid.TryParse(text, out _))
            return StringCategory.Guid;
        if (IsIpAddress(text))
            return StringCategory.IpAddress;
        if (IsEmail(text))
            return StringCategory.Email;
        if (IsWallet(text))
            return StringCategory.CryptoWallet;
        if (IsUnixPath(text))
            return StringCategory.UnixPath;
        if (IsHostName(text))
            return StringCategory.HostName;
        return text.Length >= 40 && text.Length % 4 == 0 && !text.AsSpan().ContainsAnyExcept(Base64) && Mixed(text) ? StringCategory.Base64 : StringCategory.Other;
    }

    private static bool FindSecret(string text, out int start, out int length)
    {
        start = length = 0;
        // One search for all of them; hardly any string goes further.
        if (!text.AsSpan().ContainsAny(SecretMarks))
            return false;
        foreach (string prefix in text.AsSpan().ContainsAny(TokenMarks) ? TokenPrefixes : [])
        {
            int at = text.IndexOf(prefix, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1])))
                continue;
            int end = text.AsSpan(at).IndexOfAnyExcept(TokenCharacters);
            int run = end < 0 ? text.Length - at : end;
            if (run >= Math.Max(20, prefix.Length + 12))
            {
                (start, length) = (at, run);
                return true;
            }
        }

        if (text.Contains("-----BEGIN ", StringComparison.Ordinal) && text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            length = text.Length;
            return true;
        }

        return FindAssignment(text, out start, out length) || FindUserInfo(text, out start, out length);
    }

    private static bool FindAssignment(string text, out int start, out int length)
    {
        start = length = 0;
        // A name without an assignment behind it gives nothing away.
        foreach (string name in text.AsSpan().ContainsAny('=', ':') && text.AsSpan().ContainsAny(NameMarks) ? SecretNames : [])
        {
            int at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            int value = at + name.Length;
            while (value < text.Length && text[value] is ' ' or '"' or '\'')
                value++;
            if (value >= text.Length || text[value] is not ('=' or ':'))
                continue;
            value++;
            while (value < text.Length && text[value] is ' ' or '"' or '\'')
                value++;
            int end = text.AsSpan(value).IndexOfAny(";\"'& ,}");
            int run = end < 0 ? text.Length - value : end;
            // Placeholders and format items are not secrets.
            if (run >= 4 && text[value] is not ('{' or '$' or '%' or '<' or '*'))
            {
                (start, length) = (value, run);
                return true;
            }
        }

        return false;
    }

    private static bool FindUserInfo(string text, out int start, out int length)
    {
        start = length = 0;
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 1)
            return false;
        int from = scheme + 3;
        int end = text.AsSpan(from).IndexOfAny("/?# ");
        ReadOnlySpan<char> authority = end < 0 ? text.AsSpan(from) : text.AsSpan(from, end);
        int at = authority.LastIndexOf('@');
        int colon = at < 0 ? -1 : authority[..at].IndexOf(':');
        if (colon < 0 || at - colon < 2 || authority[colon + 1] is '{' or '$' or '<')
            return false;
        (start, length) = (from + colon + 1, at - colon - 1);
        return true;
    }

    private static bool HasScheme(string text)
    {
        int at = text.IndexOf("://", StringComparison.Ordinal);
        if (at is < 2 or > 20)
            return false;
        for (int i = 0; i < at; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.'))
                return false;
        }

        return text.Length > at + 3 && !char.IsWhiteSpace(text[at + 3]);
    }

    // The starts by their first letter: most texts begin like none of them.
    private static string[]?[] ByFirstLetter(string[] starts)
    {
        var table = new string[]?[128];
        foreach (IGrouping<char, string> group in starts.GroupBy(static start => char.ToLowerInvariant(start[0])))
            table[group.Key] = table[char.ToUpperInvariant(group.Key)] = [.. group];
        return table;
    }

    private static bool StartsWithAny(string text, string[]?[] starts)
    {
        if (text[0] >= starts.Length || starts[text[0]] is not { } candidates)
            return false;
        foreach (string start in candidates)
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsRegistryKey(string text) =>
        text[0] is 'H' or 'h' or 'S' or 's' && IsRegistryRoot(text);

    private static bool IsRegistryRoot(string text) =>
        text.StartsWith("HKEY_", StringComparison.OrdinalIgnoreCase) || text.StartsWith(@"HKLM\", StringComparison.OrdinalIgnoreCase) || text.StartsWith(@"HKCU\", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith(@"HKLM:\", StringComparison.OrdinalIgnoreCase) || text.StartsWith(@"HKCU:\", StringComparison.OrdinalIgnoreCase) || text.StartsWith(@"SOFTWARE\", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith(@"SYSTEM\CurrentControlSet\", StringComparison.OrdinalIgnoreCase);

    private static bool IsIpAddress(string text)
    {
        // Either form has a colon or three points, and begins with a digit, a letter of hexadecimal, a colon or a bracket.
        if (!char.IsAsciiHexDigit(text[0]) && text[0] is not (':' or '['))
            return false;
        ReadOnlySpan<char> host = text;
        int colon = host.LastIndexOf(':');
        if (colon > 0 && host.IndexOf(':') == colon && ushort.TryParse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            host = host[..colon];
        if (host.Count('.') == 3 && !host.ContainsAnyExcept(SearchValuesDigits))
        {
            // Versions such as 10.0.0.0 are no addresses; leading zeros are refused because readers disagree on them.
            foreach (Range part in host.Split('.'))
            {
                if (!byte.TryParse(host[part], NumberStyles.None, CultureInfo.InvariantCulture, out _) || (host[part].Length > 1 && host[part][0] == '0'))
                    return false;
            }

            return !host.EndsWith(".0.0") && host[0] != '0';
        }

        return host.Count(':') >= 2 && IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && text.Length > 6;
    }

    private static readonly SearchValues<char> SearchValuesDigits = SearchValues.Create("0123456789.");

    private static bool IsEmail(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && !text.AsSpan(0, at).ContainsAnyExcept(SearchValuesEmail) && IsHostName(text[(at + 1)..]);
    }

    private static readonly SearchValues<char> SearchValuesEmail = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+");

    private static bool IsHostName(string text)
    {
        if (text.Length is < 4 or > 253 || text.IndexOf('.', StringComparison.Ordinal) < 0 || text.AsSpan().ContainsAnyExcept(HostCharacters) || text.Contains("..", StringComparison.Ordinal))
            return false;
        int dot = text.LastIndexOf('.');
        return dot > 0 && text.Length - dot <= 9 && text[(dot + 1)..].ToLowerInvariant() is "com" or "net" or "org" or "io" or "dev" or "info" or "biz" or "ru" or "cn" or "de" or "uk" or "fr" or "eu" or "xyz" or "top" or "onion" or "app" or "cloud" or "co" or "me" or "tk" or "gov" or "edu" or "local" or "internal";
    }

    private static bool IsWallet(string text)
    {
        if (text.Length == 42 && text.StartsWith("0x", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept(SearchValuesHex) < 0)
            return true;
        if (text.StartsWith("bc1", StringComparison.Ordinal) && text.Length is 42 or 62 && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            return true;
        return text.Length is >= 26 and <= 35 && text[0] is '1' or '3' && !text.AsSpan().ContainsAnyExcept(Base58) && Base58Check.IsValid(text);
    }

    private static readonly SearchValues<char> SearchValuesHex = SearchValues.Create("0123456789abcdefABCDEF");

    private static bool IsUnixPath(string text) =>
        (text[0] == '/' || text.StartsWith("~/", StringComparison.Ordinal)) && text.IndexOf('/', 1) > 1 && !text.Contains("//", StringComparison.Ordinal)
        && text.AsSpan().IndexOfAny("<>|\"*?;{}") < 0 && char.IsAsciiLetter(text[text[0] == '/' ? 1 : 2]);

    private static bool Mixed(string text) =>
        EntropyCounter.Measure(Encoding.ASCII.GetBytes(text)) > 4.0 && text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower);
}
