using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>What an assembly can do, by the members of the framework that it names. A fact, not an accusation.</summary>
internal static class Capabilities
{
    private static readonly (string Capability, string TypePrefix, string? Member)[] Rows =
    [
        ("network", "System.Net.Sockets.", null),
        ("network", "System.Net.Http.HttpClient", null),
        ("network", "System.Net.WebRequest", null),
        ("network", "System.Net.HttpWebRequest", null),
        ("network", "System.Net.WebClient", null),
        ("network", "System.Net.WebSockets.ClientWebSocket", null),
        ("network", "System.Net.Dns", null),
        ("network-listen", "System.Net.HttpListener", null),
        ("network-listen", "System.Net.Sockets.TcpListener", null),
        ("process", "System.Diagnostics.Process", "Start"),
        ("process-kill", "System.Diagnostics.Process", "Kill"),
        ("file-write", "System.IO.File", "WriteAllBytes"),
        ("file-write", "System.IO.File", "WriteAllText"),
        ("file-write", "System.IO.File", "WriteAllLines"),
        ("file-write", "System.IO.File", "AppendAllText"),
        ("file-write", "System.IO.File", "Create"),
        ("file-write", "System.IO.File", "OpenWrite"),
        ("file-write", "System.IO.File", "Copy"),
        ("file-write", "System.IO.File", "Move"),
        ("file-write", "System.IO.StreamWriter", ".ctor"),
        ("file-delete", "System.IO.File", "Delete"),
        ("file-delete", "System.IO.Directory", "Delete"),
        ("registry", "Microsoft.Win32.Registry", null),
        ("environment-read", "System.Environment", "GetEnvironmentVariable"),
        ("environment-read", "System.Environment", "GetEnvironmentVariables"),
        ("environment-write", "System.Environment", "SetEnvironmentVariable"),
        ("reflection-load", "System.Reflection.Assembly", "Load"),
        ("reflection-load", "System.Reflection.Assembly", "LoadFrom"),
        ("reflection-load", "System.Reflection.Assembly", "LoadFile"),
        ("reflection-load", "System.Reflection.Assembly", "UnsafeLoadFrom"),
        ("reflection-load", "System.Runtime.Loader.AssemblyLoadContext", null),
        ("reflection-invoke", "System.Reflection.MethodBase", "Invoke"),
        ("reflection-invoke", "System.Type", "InvokeMember"),
        ("native-load", "System.Runtime.InteropServices.NativeLibrary", null),
        ("native-memory", "System.Runtime.InteropServices.Marshal", null),
        ("native-memory", "System.Runtime.InteropServices.NativeMemory", null),
        ("dynamic-code", "System.Reflection.Emit.", null),
        ("dynamic-code", "System.Linq.Expressions.Expression`1", "Compile"),
        ("dynamic-code", "Microsoft.CodeAnalysis.CSharp.Scripting.", null),
        ("compiler", "Microsoft.CodeAnalysis.CSharp.CSharpCompilation", "Create"),
        ("cryptography", "System.Security.Cryptography.", null),
        ("serialization-unsafe", "System.Runtime.Serialization.Formatters.Binary.BinaryFormatter", null),
        ("clipboard", "System.Windows.Forms.Clipboard", null),
        ("screen-capture", "System.Drawing.Graphics", "CopyFromScreen"),
    ];

    public static ImmutableSortedSet<string> Find(MetadataReader metadata, MemberNames names)
    {
        ImmutableSortedSet<string>.Builder found = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            (string type, string member) = names.Find(MetadataTokensOf(handle));
            if (type.Length == 0)
                continue;
            foreach ((string capability, string prefix, string? name) in Rows)
            {
                // A prefix with a dot stands for a namespace; one with a member, for exactly that type.
                bool match = prefix.EndsWith('.') ? type.StartsWith(prefix, StringComparison.Ordinal) : name is null ? type.StartsWith(prefix, StringComparison.Ordinal) : type.Equals(prefix, StringComparison.Ordinal);
                if (match && (name is null || member.Equals(name, StringComparison.Ordinal)))
                    found.Add(capability);
            }
        }

        return found.ToImmutable();
    }

    private static int MetadataTokensOf(MemberReferenceHandle handle) => System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle);
}
