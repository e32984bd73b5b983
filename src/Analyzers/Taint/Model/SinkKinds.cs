using System;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>What a place does with a value. A sanitizer or validator clears a value for some of these kinds.</summary>
[Flags]
internal enum SinkKinds : ulong
{
    /// <summary>No sink.</summary>
    None = 0,

    /// <summary>Text of a SQL command.</summary>
    Sql = 1UL << 0,

    /// <summary>Query text of a document, key-value, search or graph store.</summary>
    NoSql = 1UL << 1,

    /// <summary>A program to start, or text that a shell interprets.</summary>
    Command = 1UL << 2,

    /// <summary>One argument of a program that is not a shell.</summary>
    CommandArgument = 1UL << 3,

    /// <summary>A program or library that is searched by name.</summary>
    SearchedExecutable = 1UL << 4,

    /// <summary>A file system path.</summary>
    Path = 1UL << 5,

    /// <summary>A file system path that an archive's entry is written to.</summary>
    ArchivePath = 1UL << 6,

    /// <summary>An LDAP filter (RFC 4515).</summary>
    LdapFilter = 1UL << 7,

    /// <summary>An LDAP distinguished name (RFC 4514).</summary>
    LdapName = 1UL << 8,

    /// <summary>An XPath expression.</summary>
    XPath = 1UL << 9,

    /// <summary>Raw XML markup.</summary>
    XmlMarkup = 1UL << 10,

    /// <summary>A document for an XML parser.</summary>
    XmlDocument = 1UL << 11,

    /// <summary>A style sheet.</summary>
    Xslt = 1UL << 12,

    /// <summary>HTML that is written as it is.</summary>
    Html = 1UL << 13,

    /// <summary>Script that a browser runs.</summary>
    Script = 1UL << 14,

    /// <summary>The target of a redirect.</summary>
    Redirect = 1UL << 15,

    /// <summary>The scheme or host of an outgoing request.</summary>
    RequestHost = 1UL << 16,

    /// <summary>The path or query of an outgoing request.</summary>
    RequestPath = 1UL << 17,

    /// <summary>A header of an HTTP response or request.</summary>
    HttpHeader = 1UL << 18,

    /// <summary>A header of a mail.</summary>
    MailHeader = 1UL << 19,

    /// <summary>A cookie.</summary>
    Cookie = 1UL << 20,

    /// <summary>A log message template, or text written to a plain-text log.</summary>
    LogTemplate = 1UL << 21,

    /// <summary>An argument of a structured log call.</summary>
    LogArgument = 1UL << 22,

    /// <summary>Code of a language that is run.</summary>
    Code = 1UL << 23,

    /// <summary>A template of a template engine.</summary>
    Template = 1UL << 24,

    /// <summary>A type, method or member name for reflection.</summary>
    TypeName = 1UL << 25,

    /// <summary>A library or assembly to load.</summary>
    LibraryPath = 1UL << 26,

    /// <summary>A regular expression's pattern.</summary>
    RegexPattern = 1UL << 27,

    /// <summary>The input of a regular expression.</summary>
    RegexInput = 1UL << 28,

    /// <summary>A composite format string.</summary>
    FormatString = 1UL << 29,

    /// <summary>A connection string.</summary>
    ConnectionString = 1UL << 30,

    /// <summary>An environment variable, system setting or configuration key.</summary>
    Setting = 1UL << 31,

    /// <summary>An entity that is stored.</summary>
    StoredEntity = 1UL << 32,

    /// <summary>A condition that decides on a sensitive operation.</summary>
    SecurityDecision = 1UL << 33,

    /// <summary>Instructions for a chat model.</summary>
    Prompt = 1UL << 34,

    /// <summary>A password, token or other credential that is handed to somebody.</summary>
    Credential = 1UL << 35,

    /// <summary>A cryptographic key.</summary>
    CryptoKey = 1UL << 36,

    /// <summary>An initialisation vector or nonce.</summary>
    Nonce = 1UL << 37,

    /// <summary>A salt.</summary>
    Salt = 1UL << 38,

    /// <summary>Something that is meant to be hard to guess: a token, session id, one-time code, file name.</summary>
    SecretValue = 1UL << 39,

    /// <summary>Serialized data that is turned into objects of arbitrary types.</summary>
    Deserialization = 1UL << 40,

    /// <summary>The size of an allocation.</summary>
    AllocationSize = 1UL << 41,

    /// <summary>The bound of a loop or of recursion.</summary>
    LoopBound = 1UL << 42,

    /// <summary>A response that clients see.</summary>
    Response = 1UL << 43,

    /// <summary>A log that operators see.</summary>
    LogOutput = 1UL << 44,

    /// <summary>A URL that servers and proxies log.</summary>
    UrlOutput = 1UL << 45,

    /// <summary>A file that others may read.</summary>
    FileOutput = 1UL << 46,

    /// <summary>The key of a shared cache.</summary>
    CacheKey = 1UL << 47,

    /// <summary>The session's identity.</summary>
    Session = 1UL << 48,

    /// <summary>A host that a TLS or other connection goes to.</summary>
    ConnectionHost = 1UL << 49,

    /// <summary>Memory arithmetic: an offset, a length, a pointer.</summary>
    MemoryOffset = 1UL << 50,

    /// <summary>A time span that a thread or request waits.</summary>
    Duration = 1UL << 51,

    /// <summary>A seed of a random number generator.</summary>
    RandomSeed = 1UL << 52,

    /// <summary>A path segment under a root that was checked weakly.</summary>
    ContainedPath = 1UL << 53,

    /// <summary>A setting of an XML parser.</summary>
    XmlParser = 1UL << 54,

    /// <summary>For rows that users add.</summary>
    Custom1 = 1UL << 60,

    /// <summary>For rows that users add.</summary>
    Custom2 = 1UL << 61,

    /// <summary>Every kind.</summary>
    All = ulong.MaxValue,

    /// <summary>Kinds that a value out of a closed set, a number or an identifier cannot harm.</summary>
    AllInjection = Sql | NoSql | Command | CommandArgument | SearchedExecutable | Path | ArchivePath | LdapFilter | LdapName | XPath | XmlMarkup | XmlDocument | Xslt
        | Html | Script | Redirect | RequestHost | RequestPath | HttpHeader | MailHeader | Cookie | LogTemplate | LogArgument | Code | Template | TypeName
        | LibraryPath | RegexPattern | RegexInput | FormatString | ConnectionString | Setting | Prompt | Deserialization | AllocationSize | LoopBound
        | CacheKey | Session | ConnectionHost | MemoryOffset | Duration | ContainedPath | Custom1 | Custom2,
}
