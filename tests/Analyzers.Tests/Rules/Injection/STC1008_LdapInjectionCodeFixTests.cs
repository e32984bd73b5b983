using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Analyzers.Tests.Taint;
using SecurityToolchain.CodeFixes.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1008_LdapInjectionCodeFixTests
{
    [Fact]
    public Task Values_AreEscapedForTheirPlace() => CodeFixVerifier.VerifyAsync<TaintAnalyzer, LdapInjectionCodeFix>(
        """
        using System.DirectoryServices;
        using SecurityToolchain.Runtime.Output;

        public class HomeController : Microsoft.AspNetCore.Mvc.Controller
        {
            public void A(string n, DirectorySearcher s) => s.Filter = [|"(uid=" + n + ")"|];
            public DirectoryEntry B(string n) => new DirectoryEntry([|$"LDAP://cn={n},dc=example"|]);
        }
        """,
        """
        using System.DirectoryServices;
        using SecurityToolchain.Runtime.Output;

        public class HomeController : Microsoft.AspNetCore.Mvc.Controller
        {
            public void A(string n, DirectorySearcher s) => s.Filter = "(uid=" + OutputEncoder.ForLdapFilter(n) + ")";
            public DirectoryEntry B(string n) => new DirectoryEntry($"LDAP://cn={OutputEncoder.ForLdapDistinguishedName(n)},dc=example");
        }
        """,
        VerifierOptions.Default with { Ids = ["STC1008"], References = LineVerifier.WithLibraries });
}
