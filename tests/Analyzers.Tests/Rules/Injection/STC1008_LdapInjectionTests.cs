namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1008_LdapInjectionTests
{
    // A stand-in with the library's names; ModelRowTests resolves the rows against the library itself.
    private const string More = """
        namespace System.DirectoryServices.Protocols { public enum SearchScope { Base, OneLevel, Subtree } public class SearchRequest { public SearchRequest(string distinguishedName, string ldapFilter, SearchScope searchScope, params string[] attributeList) { } } public class DeleteRequest { public DeleteRequest(string distinguishedName) { } } }
        """;

    [Theory]
    [InlineData("""public void A(string name) => _ = new System.DirectoryServices.Protocols.SearchRequest("dc=x", [|"(cn=" + name + ")"|], System.DirectoryServices.Protocols.SearchScope.Subtree);""")]
    [InlineData("""public void A(string name) => _ = new System.DirectoryServices.Protocols.DeleteRequest([|"cn=" + name + ",dc=x"|]);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1008", members, More);

    [Theory]
    [InlineData("""public void A(string name) => _ = new System.DirectoryServices.Protocols.SearchRequest("dc=x", "(cn=" + name.Replace("\\", "\\5c").Replace("*", "\\2a").Replace("(", "\\28").Replace(")", "\\29") + ")", System.DirectoryServices.Protocols.SearchScope.Subtree);""")]
    [InlineData("""public void A(int id) => _ = new System.DirectoryServices.Protocols.SearchRequest("dc=x", "(id=" + id + ")", System.DirectoryServices.Protocols.SearchScope.Subtree);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1008", members, More);
}
