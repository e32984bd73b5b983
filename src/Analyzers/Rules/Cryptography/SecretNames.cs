using System;
using System.Collections.Generic;
using System.Linq;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>Tells from an identifier whether it names something that nobody may guess.</summary>
internal static class SecretNames
{
    /// <summary>Nouns that mean a secret on their own.</summary>
    private static readonly HashSet<string> s_secrets = new(StringComparer.Ordinal)
    {
        "password", "passwords", "passwd", "pwd", "passphrase", "passcode", "passcodes", "otp", "otps", "totp", "secret", "secrets", "apikey", "apikeys", "accesskey", "secretkey",
        "privatekey", "sessionid", "sessionkey", "sessiontoken", "accesstoken", "refreshtoken", "authtoken", "bearertoken", "resettoken", "csrftoken", "xsrftoken",
        "salt", "iv", "pincode", "sid",
    };

    /// <summary>Nouns that mean a secret unless they are numbers: lexers and language models count tokens.</summary>
    private static readonly HashSet<string> s_textSecrets = new(StringComparer.Ordinal) { "token", "tokens", "nonce" };

    /// <summary>Nouns that mean a secret behind one of the qualifiers.</summary>
    private static readonly Dictionary<string, HashSet<string>> s_qualified = new(StringComparer.Ordinal)
    {
        ["key"] = Words("api secret private encryption encrypt crypto cryptographic aes hmac mac signing sign sig master session access license activation auth shared data symmetric "
            + "wrapping kek dek cipher jwt token recovery security"),
        ["keys"] = Words("api secret private encryption session access license recovery"),
        ["bytes"] = Words("key iv salt nonce token secret password"),
        ["material"] = Words("key keying"),
        ["code"] = Words("otp reset verification verify confirmation confirm activation auth authentication authorization access recovery backup security invite invitation "
            + "pin login pass factor mfa 2fa tfa sms one signin passcode pairing unlock"),
        ["codes"] = Words("otp reset verification confirmation activation auth recovery backup security invite invitation access scratch"),
        ["id"] = Words("session sess cookie"),
        ["link"] = Words("reset verification confirmation activation invite invitation magic login share unsubscribe"),
        ["url"] = Words("reset verification confirmation activation invite invitation magic"),
        ["token"] = Words("access refresh reset session auth authentication csrf xsrf antiforgery verification confirmation activation invite invitation bearer api security login "
            + "recovery password remember email device jwt id request"),
        ["cookie"] = Words("session auth login remember"),
        ["string"] = Words("secret password"),
        ["value"] = Words("token secret cookie password salt nonce"),
        ["vector"] = Words("initialization initialisation init"),
        ["verifier"] = Words("code pkce"),
    };

    /// <summary>Words that, anywhere in the name, make it something else.</summary>
    private static readonly HashSet<string> s_otherFields = new(StringComparer.Ordinal)
    {
        "cancellation", "santa", "tokenizer", "lexer", "syntax", "keyboard", "frame", "animation", "sample", "fake", "dummy", "mock", "foreign", "primary", "sort", "partition",
        "shuffle", "game", "dice", "concurrency", "correlation", "continuation", "page", "paging", "sync", "lock", "lease", "fencing", "tracking", "trace", "etag",
        "idempotency", "reload",
    };

    private static readonly HashSet<string> s_verbs = Words(
        "generate gen create new make build issue get next random produce compute derive mint obtain fetch prepare assign init initialize initialise pick send secure safe regenerate rotate renew refresh");

    /// <summary>Verbs of methods that do something with a secret that is there already.</summary>
    private static readonly HashSet<string> s_otherVerbs = Words(
        "read parse validate verify check hash set write save store show encrypt decrypt delete remove find has is count compare match scan lex split format print display toggle");

    /// <summary>Whether a variable, parameter, field or property of this name holds a secret.</summary>
    /// <param name="name">The identifier, or the text of a key such as <c>reset-token</c>.</param>
    /// <param name="isNumber">Whether the type is a number; then only names that leave no doubt count.</param>
    /// <param name="isBytes">Whether the type is bytes; then a plain <c>key</c> is key material, not the key of a table.</param>
    public static bool IsSecret(string name, bool isNumber, bool isBytes) => IsSecret(IdentifierWords.Split(name), isNumber, isBytes);

    /// <summary>Whether a method of this name gives a secret: <c>GenerateToken</c>, <c>NewPassword</c>, <c>ResetCodeAsync</c>.</summary>
    public static bool IsSecretMaker(string name, bool isNumber, bool isBytes)
    {
        List<string> words = IdentifierWords.Split(name);
        if (words.Count > 1 && words[words.Count - 1] == "async")
            words.RemoveAt(words.Count - 1);

        // GenerateTokenFor(user), CreatePasswordWithLength(n), NewKeyString()
        int preposition = words.FindIndex(1 < words.Count ? 1 : 0, static word => word is "for" or "with" or "of" or "from" or "as" or "to" or "using" or "by" or "in");
        bool isFor = preposition > 0 && words[preposition] is "for" or "from";
        if (preposition > 0)
            words.RemoveRange(preposition, words.Count - preposition);
        if (words.Count == 0 || s_otherVerbs.Contains(words[0]))
            return false;
        int verbs = 0;
        while (verbs < words.Count - 1 && s_verbs.Contains(words[verbs]))
            verbs++;
        bool isMade = verbs > 0 || isFor;
        return (isMade || words.Count > 1) && IsSecret(words.GetRange(verbs, words.Count - verbs), isNumber, isBytes);
    }

    /// <summary>Whether a surrounding method or type deals with proving who somebody is, so that a plain <c>code</c> in it is a secret.</summary>
    public static bool IsAuthenticationContext(string name) =>
        IdentifierWords.Split(name).Any(static word => word is "otp" or "totp" or "verification" or "verify" or "mfa" or "2fa" or "twofactor" or "reset" or "login" or "signin"
            or "auth" or "authentication" or "activation" or "confirmation" or "invitation" or "invite" or "password" or "passwordless" or "sms" or "recovery" or "registration");

    /// <summary>Whether the name is a plain <c>code</c>, which is a secret only where somebody proves who they are.</summary>
    public static bool IsCode(string name)
    {
        List<string> words = IdentifierWords.Split(name);
        while (words.Count > 1 && IsEmpty(words[words.Count - 1]))
            words.RemoveAt(words.Count - 1);
        return words.Count > 0 && words.Count <= 2 && words[words.Count - 1] == "code"
            && (words.Count == 1 || words[0] is "new" or "generated" or "random" or "numeric" or "short" or "secure" or "sms" or "email" or "user");
    }

    /// <summary>Whether a method makes a plain code: <c>GenerateCode</c>.</summary>
    public static bool IsCodeMaker(string name)
    {
        List<string> words = IdentifierWords.Split(name);
        if (words.Count > 1 && words[words.Count - 1] == "async")
            words.RemoveAt(words.Count - 1);
        return words.Count >= 2 && s_verbs.Contains(words[0]) && words[words.Count - 1] == "code" && words.Count <= 3;
    }

    /// <summary>Whether a method of a type makes what the type's name says: <c>TokenGenerator.Generate</c>, <c>OtpFactory.Create</c>.</summary>
    public static bool IsMakerOf(string typeName, string methodName, bool isNumber, bool isBytes)
    {
        List<string> method = IdentifierWords.Split(methodName);
        if (method.Count > 1 && method[method.Count - 1] == "async")
            method.RemoveAt(method.Count - 1);
        if (method.Count == 0 || !method.All(static word => s_verbs.Contains(word) || word is "string" or "value" or "unique" or "code"))
            return false;
        List<string> type = IdentifierWords.Split(typeName);
        if (type.Count < 2 || type[type.Count - 1] is not ("generator" or "factory" or "service" or "provider" or "maker" or "creator" or "builder" or "issuer" or "manager"))
            return false;
        type.RemoveAt(type.Count - 1);
        return IsSecret(type, isNumber, isBytes);
    }

    /// <summary>
    /// Whether a cookie, header or claim of this name proves who somebody is: besides the names of secrets those that are so by convention
    /// (<c>auth</c>, <c>session</c>, <c>remember_me</c>, <c>Authorization</c>).
    /// </summary>
    public static bool IsCredentialName(string name)
    {
        if (IsSecret(name, isNumber: false, isBytes: false))
            return true;
        List<string> words = IdentifierWords.Split(name);
        if (words.Count == 0 || words.Any(s_otherFields.Contains))
            return false;
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] is "auth" or "authorization" or "authid" or "authkey" or "authentication" or "jwt" or "jsessionid" or "phpsessid" or "rememberme" or "sessid" or "credential" or "credentials" or "bearer" or "ticket"
                || (words[i] is "remember" && i + 1 < words.Count && words[i + 1] is "me" or "user" or "login"))
            {
                return true;
            }
        }

        return words[words.Count - 1] is "session" or "login" or "csrf" or "xsrf" or "antiforgery";
    }

    /// <summary>Whether the name means something that is sent in the clear: a salt, a nonce, a vector.</summary>
    public static bool IsPublicMaterial(string name) =>
        IdentifierWords.Split(name).Exists(static word => word is "salt" or "nonce" or "iv" or "vector");

    /// <summary>Whether bytes of this name are a key.</summary>
    public static bool IsKey(string name)
    {
        List<string> words = IdentifierWords.Split(name);
        while (words.Count > 1 && (IsEmpty(words[words.Count - 1]) || words[words.Count - 1] is "bytes" or "material"))
            words.RemoveAt(words.Count - 1);
        return words.Count > 0 && words[words.Count - 1] is "key" or "kek" or "dek" or "rgbkey" or "aeskey" or "masterkey";
    }

    private static bool IsSecret(List<string> words, bool isNumber, bool isBytes)
    {
        while (words.Count > 1 && IsEmpty(words[words.Count - 1]))
            words.RemoveAt(words.Count - 1);
        if (words.Count == 0 || words.Any(s_otherFields.Contains) || IsOfPublicKey(words))
            return false;

        string head = words[words.Count - 1];
        if (s_secrets.Contains(head))
            return !isNumber || head is not ("salt" or "iv" or "secret" or "secrets");
        if (s_textSecrets.Contains(head) && !isNumber)
            return true;
        if (head is "pin")
            return words.Count == 1 || !IsHardwarePin(words);
        if (isBytes && head == "key" && (words.Count == 1 || !IsLookupKey(words[words.Count - 2])))
            return true;
        return s_qualified.TryGetValue(head, out HashSet<string>? qualifiers) && words.Take(words.Count - 1).Any(qualifiers.Contains);
    }

    /// <summary>Endings that say nothing about what is named: <c>token1</c>, <c>passwordText</c>.</summary>
    private static bool IsEmpty(string word) =>
        word is "text" or "str" or "plain" or "base64" or "hex" or "buffer" or "buf" or "array" or "span" or "raw" or "chars" or "builder" or "sb" || int.TryParse(word, out _);

    /// <summary>The public half of a key, and what is derived from it: the public key token of an assembly.</summary>
    private static bool IsOfPublicKey(List<string> words)
    {
        int index = words.IndexOf("public");
        return index >= 0 && index + 1 < words.Count && words[index + 1] is "key" or "keys";
    }

    private static bool IsHardwarePin(List<string> words) =>
        words.Any(static word => word is "gpio" or "led" or "input" or "output" or "map" or "clock" or "data" or "reset" or "bowling" or "chip" or "board");

    private static bool IsLookupKey(string word) =>
        word is "cache" or "sort" or "row" or "lookup" or "map" or "dictionary" or "hash" or "group" or "index" or "public" or "state";

    private static HashSet<string> Words(string words) => new(words.Split([' '], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
