using System.DirectoryServices.Protocols;

namespace InsecureShop.Staff;

public sealed class StaffDirectory(LdapConnection connection)
{
    public SearchResponse Find(string name)
    {
        var request = new SearchRequest("ou=staff,dc=shop,dc=example", "(&(objectClass=person)(cn=" + name + "))", SearchScope.Subtree, "mail"); // expect STC1008
        return (SearchResponse)connection.SendRequest(request);
    }
}
