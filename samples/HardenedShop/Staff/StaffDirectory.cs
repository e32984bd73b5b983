using System.DirectoryServices.Protocols;

namespace HardenedShop.Staff;

public sealed class StaffDirectory(LdapConnection connection)
{
    public SearchResponse Find(string name)
    {
        var request = new SearchRequest("ou=staff,dc=shop,dc=example", "(&(objectClass=person)(cn=" + Escape(name) + "))", SearchScope.Subtree, "mail");
        return (SearchResponse)connection.SendRequest(request);
    }

    // RFC 4515, section 3: these five are the only characters with a meaning inside a value.
    private static string Escape(string value) => value
        .Replace("\\", "\\5c", StringComparison.Ordinal)
        .Replace("*", "\\2a", StringComparison.Ordinal)
        .Replace("(", "\\28", StringComparison.Ordinal)
        .Replace(")", "\\29", StringComparison.Ordinal)
        .Replace("\0", "\\00", StringComparison.Ordinal);
}
