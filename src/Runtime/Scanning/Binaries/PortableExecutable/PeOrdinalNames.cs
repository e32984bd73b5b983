using System.Collections.Frozen;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>
/// Names of functions that are commonly imported by ordinal; the import hash is defined over names. Limit: ordinals of the two libraries that
/// are not in the table stay numbers, as those of all other libraries do.
/// </summary>
internal static class PeOrdinalNames
{
    private static readonly FrozenDictionary<string, string> Sockets = new Dictionary<string, string>
    {
        ["ord1"] = "accept", ["ord2"] = "bind", ["ord3"] = "closesocket", ["ord4"] = "connect", ["ord5"] = "getpeername", ["ord6"] = "getsockname", ["ord7"] = "getsockopt",
        ["ord8"] = "htonl", ["ord9"] = "htons", ["ord10"] = "ioctlsocket", ["ord11"] = "inet_addr", ["ord12"] = "inet_ntoa", ["ord13"] = "listen", ["ord14"] = "ntohl",
        ["ord15"] = "ntohs", ["ord16"] = "recv", ["ord17"] = "recvfrom", ["ord18"] = "select", ["ord19"] = "send", ["ord20"] = "sendto", ["ord21"] = "setsockopt",
        ["ord22"] = "shutdown", ["ord23"] = "socket", ["ord51"] = "gethostbyaddr", ["ord52"] = "gethostbyname", ["ord53"] = "getprotobyname", ["ord54"] = "getprotobynumber",
        ["ord55"] = "getservbyname", ["ord56"] = "getservbyport", ["ord57"] = "gethostname", ["ord101"] = "wsaasyncselect", ["ord108"] = "wsacancelasyncrequest",
        ["ord111"] = "wsagetlasterror", ["ord112"] = "wsasetlasterror", ["ord115"] = "wsastartup", ["ord116"] = "wsacleanup", ["ord151"] = "__wsafdisset",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Automation = new Dictionary<string, string>
    {
        ["ord2"] = "sysallocstring", ["ord3"] = "sysreallocstring", ["ord4"] = "sysallocstringlen", ["ord5"] = "sysreallocstringlen", ["ord6"] = "sysfreestring", ["ord7"] = "sysstringlen",
        ["ord8"] = "variantinit", ["ord9"] = "variantclear", ["ord10"] = "variantcopy", ["ord11"] = "variantcopyind", ["ord12"] = "variantchangetype",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string? Find(string library, string ordinal) => library switch
    {
        "ws2_32.dll" or "wsock32.dll" => Sockets.GetValueOrDefault(ordinal),
        "oleaut32.dll" => Automation.GetValueOrDefault(ordinal),
        _ => null,
    };
}
