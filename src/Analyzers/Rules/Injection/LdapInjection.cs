using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-90: input in an LDAP filter or name.</summary>
internal static class LdapInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.LdapInjection, SourceKinds.Untrusted, SinkKinds.LdapFilter | SinkKinds.LdapName);
}
