using System;
using System.Collections.Generic;
using System.Linq;
using SecurityToolchain.Analyzers.Rules.Cryptography;

namespace SecurityToolchain.Analyzers.Rules.Injection.Decisions;

/// <summary>Tells from the name of a cookie, header, field or parameter whether it claims rights or an identity.</summary>
internal static class ClientNames
{
    private static readonly HashSet<string> s_rights = new(StringComparer.Ordinal)
    {
        "admin", "isadmin", "administrator", "superuser", "superadmin", "role", "roles", "userrole", "authenticated", "isauthenticated", "authorized", "authorised", "isauthorized", "loggedin", "isloggedin",
        "permission", "permissions", "privilege", "privileged", "privileges", "accesslevel", "usertype", "isstaff", "moderator",
    };

    private static readonly HashSet<string> s_identities = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Forwarded-For", "X-Real-IP", "X-Client-IP", "Client-IP", "True-Client-IP", "X-Originating-IP", "X-Forwarded-Host", "Host", "Referer", "X-User", "X-Username", "X-User-Id", "X-Remote-User", "Remote-User",
        "X-Authenticated-User", "X-Internal", "X-Internal-Request", "HTTP_X_FORWARDED_FOR", "HTTP_REFERER", "HTTP_HOST",
    };

    /// <summary>Whether the name claims rights: <c>isAdmin</c>, <c>user-role</c>.</summary>
    public static bool ClaimsRights(string name)
    {
        List<string> words = IdentifierWords.Split(name);
        for (int i = 0; i < words.Count; i++)
        {
            if (s_rights.Contains(words[i]) || (i + 1 < words.Count && s_rights.Contains(words[i] + words[i + 1])))
                return true;
        }

        return false;
    }

    /// <summary>Whether the name claims where or whom a request comes from.</summary>
    public static bool ClaimsIdentity(string name) => s_identities.Contains(name);

    /// <summary>Whether a cookie or field says that its sender was let in before: <c>auth=1</c>.</summary>
    public static bool ClaimsLogin(string name) => IdentifierWords.Split(name) is { Count: > 0 } words && words.Any(static word => word is "auth" or "login" or "logged" or "authed" or "signedin" or "trusted" or "internal" or "debug" or "bypass");

    /// <summary>Whether a method or property answers a question about rights.</summary>
    public static bool AsksForRights(string name)
    {
        List<string> words = IdentifierWords.Split(name);
        return words.Count > 1 && words[0] is "is" or "has" or "can" or "check" or "may" or "validate" or "verify" or "authorize"
            && (ClaimsRights(name) || words.Any(static word => word is "trusted" or "internal" or "local" or "allowed" or "access" or "auth" or "authorize" or "logged" or "login" or "user" or "owner" or "privileges"));
    }
}
