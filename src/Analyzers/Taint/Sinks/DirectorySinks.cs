using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that take an LDAP filter or name (CWE-90).</summary>
internal static class DirectorySinks
{
    private const string Requests = "System.DirectoryServices.Protocols.";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // System.DirectoryServices reference.
        .. Constructors(SinkKinds.LdapFilter, "System.DirectoryServices.DirectorySearcher", "filter"),
        .. Properties(SinkKinds.LdapFilter, "System.DirectoryServices.DirectorySearcher", "Filter"),
        .. Constructors(SinkKinds.LdapName, "System.DirectoryServices.DirectoryEntry", "path"),
        .. Properties(SinkKinds.LdapName, "System.DirectoryServices.DirectoryEntry", "Path"),
        .. Parameters(SinkKinds.LdapName, "System.DirectoryServices.DirectoryEntries", "name", "Add", "Find"),
        .. Parameters(SinkKinds.LdapName, "System.DirectoryServices.DirectoryEntry", "path", "Exists"),

        // System.DirectoryServices.Protocols reference.
        .. Constructors(SinkKinds.LdapFilter, Requests + "SearchRequest", "ldapFilter"),
        .. Properties(SinkKinds.LdapFilter, Requests + "SearchRequest", "Filter"),
        .. Constructors(SinkKinds.LdapName, Requests + "SearchRequest", "distinguishedName"),
        .. Properties(SinkKinds.LdapName, Requests + "SearchRequest", "DistinguishedName"),
        .. Constructors(SinkKinds.LdapName, Requests + "AddRequest", "distinguishedName"),
        .. Constructors(SinkKinds.LdapName, Requests + "DeleteRequest", "distinguishedName"),
        .. Constructors(SinkKinds.LdapName, Requests + "ModifyRequest", "distinguishedName"),
        .. Constructors(SinkKinds.LdapName, Requests + "ModifyDNRequest", "distinguishedName", "newParentDistinguishedName", "newName"),
        .. Constructors(SinkKinds.LdapName, Requests + "CompareRequest", "distinguishedName"),

        // Novell.Directory.Ldap reference.
        .. Parameters(SinkKinds.LdapFilter, "Novell.Directory.Ldap.LdapConnection", "filter", "Search", "SearchAsync"),
        .. Parameters(SinkKinds.LdapName, "Novell.Directory.Ldap.LdapConnection", "base", "Search"),
        .. Parameters(SinkKinds.LdapName, "Novell.Directory.Ldap.LdapConnection", "dn", "Bind", "BindAsync", "Delete", "DeleteAsync", "Read", "ReadAsync"),
    ]);
}
