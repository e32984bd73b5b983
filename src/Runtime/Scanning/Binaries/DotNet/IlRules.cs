using System.Collections.Frozen;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using SecurityToolchain.Scanning.Binaries.DotNet.Flow;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Scanning.Secrets;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>
/// Looks at the method bodies of an assembly for the weaknesses that the source analyzers know, with the same ids. One pass over the
/// instructions of a body; the bodies that call something whose arguments matter are followed by <see cref="IlFlowRules"/>.
/// </summary>
internal sealed class IlRules(AnalysisContext context, MetadataReader metadata, MemberNames names)
{
    private static readonly FrozenSet<string> Deserializers = new[]
    {
        "System.Runtime.Serialization.Formatters.Binary.BinaryFormatter", "System.Runtime.Serialization.Formatters.Soap.SoapFormatter",
        "System.Runtime.Serialization.NetDataContractSerializer", "System.Web.UI.LosFormatter", "System.Web.UI.ObjectStateFormatter",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WeakHashes = new[]
    {
        "System.Security.Cryptography.MD5", "System.Security.Cryptography.SHA1", "System.Security.Cryptography.MD5CryptoServiceProvider", "System.Security.Cryptography.SHA1CryptoServiceProvider",
        "System.Security.Cryptography.SHA1Managed", "System.Security.Cryptography.MD5Cng", "System.Security.Cryptography.SHA1Cng",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WeakCiphers = new[]
    {
        "System.Security.Cryptography.DES", "System.Security.Cryptography.TripleDES", "System.Security.Cryptography.RC2", "System.Security.Cryptography.DESCryptoServiceProvider",
        "System.Security.Cryptography.TripleDESCryptoServiceProvider", "System.Security.Cryptography.RC2CryptoServiceProvider",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<int> _secretStrings = [];
    private readonly HashSet<int> _searchedStrings = [];
    private string _type = "", _method = "";

    /// <summary>Looks at one method body.</summary>
    public void Look(string type, string method, ReadOnlySpan<byte> file, ReadOnlySpan<byte> code, long offset)
    {
        (_type, _method) = (type, method);
        var reader = new IlReader(code);
        NeedsFlow = false;
        int lastStringToken = 0;
        while (reader.TryReadReference(out IlInstruction instruction))
        {
            if (instruction.IsLoadString)
            {
                lastStringToken = instruction.Operand;
                LookAtString(lastStringToken, null, offset + instruction.Offset);
                continue;
            }

            if (instruction.IsStoreField)
            {
                if (lastStringToken != 0)
                    LookAtString(lastStringToken, names.Facts(instruction.Operand).Member.Trim('<', '_'), offset + instruction.Offset);
                lastStringToken = 0;
                continue;
            }

            if (instruction.IsLoadFunction)
            {
                if (AcceptsEveryCertificate(file, instruction.Operand))
                    Report(ScanRules.CertificateValidationDisabled, "The callback accepts every certificate.", offset + instruction.Offset);
                continue;
            }

            MemberFacts target = names.Facts(instruction.Operand);
            if (target.Roles != MemberRoles.None)
            {
                NeedsFlow |= (target.Roles & MemberRoles.Flow) != 0;
                LookAtCall(target, instruction.IsNewObject, lastStringToken, offset + instruction.Offset);
            }

            lastStringToken = 0;
        }
    }

    private void LookAtCall(MemberFacts target, bool creates, int lastStringToken, long at)
    {
        MemberRoles roles = target.Roles;
        (string type, string name) = (target.Type, target.Member);
        if (creates && (roles & MemberRoles.Deserializer) != 0)
            Report(ScanRules.DangerousDeserializer, $"{Short(type)} is created.", at);
        else if ((roles & MemberRoles.WeakHash) != 0)
            Report(ScanRules.WeakHash, $"{Short(type)} is used.", at);
        else if ((roles & MemberRoles.WeakCipher) != 0)
            Report(ScanRules.WeakCipher, $"{Short(type)} is used.", at);
        else if ((roles & MemberRoles.AcceptsEveryCertificate) != 0)
            Report(ScanRules.CertificateValidationDisabled, "HttpClientHandler.DangerousAcceptAnyServerCertificateValidator is used.", at);
        else if (lastStringToken != 0 && (roles & MemberRoles.Setter) != 0)
            LookAtString(lastStringToken, name[4..], at);
    }

    private void LookAtString(int token, string? name, long offset)
    {
        // A literal that is used often is searched once.
        if (name is null && !_searchedStrings.Add(token))
            return;
        ReadOnlySpan<char> text = ReadString(token);
        if (text.Length is < 6 or > (64 << 10))
            return;
        // The detectors of formats need no name; with a name they can say more, so a string may be looked at twice and reported once.
        if (name is null && !SecretScanner.Default.MayContainSecret(text))
            return;
        foreach (SecretMatch match in SecretScanner.Default.Scan(text, SecretContext.Value(name)))
        {
            if (_secretStrings.Add(token))
                context.Report(SecretAnalyzer.ToFinding(ScanRules.HardcodedSecret, match, context.AtMember(_type + "::" + _method, offset)));
        }
    }

    /// <summary>A literal, or nothing. The characters lie in the file as they are, behind their length; the last byte is a flag (ECMA-335 II.24.2.4).</summary>
    public unsafe ReadOnlySpan<char> ReadString(int token)
    {
        int offset = token & 0xFFFFFF, size = metadata.GetHeapSize(HeapIndex.UserString);
        if ((token >>> 24) != 0x70 || offset >= size)
            return default;
        if (!BitConverter.IsLittleEndian)
            return metadata.GetUserString(MetadataTokens.UserStringHandle(offset));
        byte* start = metadata.MetadataPointer + metadata.GetHeapMetadataOffset(HeapIndex.UserString) + offset;
        var blob = new BlobReader(start, size - offset);
        return blob.TryReadCompressedInteger(out int length) && length <= blob.RemainingBytes
            ? new ReadOnlySpan<char>(blob.CurrentPointer, length / sizeof(char))
            : default;
    }

    private bool AcceptsEveryCertificate(ReadOnlySpan<byte> file, int token)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind != HandleKind.MethodDefinition || MetadataTokens.GetRowNumber(handle) > metadata.MethodDefinitions.Count)
            return false;
        var method = (MethodDefinitionHandle)handle;
        return Flow.AcceptsEveryCertificate(method, IlReader.Body(file, BodyOffset(metadata.GetMethodDefinition(method).RelativeVirtualAddress)));
    }

    /// <summary>Whether the last method calls something whose arguments matter.</summary>
    public bool NeedsFlow { get; private set; }

    /// <summary>The rules that follow values.</summary>
    public required IlFlowRules Flow { get; init; }

    /// <summary>Turns an address of a body into a file offset.</summary>
    public required Func<int, long> BodyOffset { get; init; }

    private void Report(RuleMetadata rule, string message, long offset) =>
        context.Report(new Finding(rule, message, context.AtMember(_type + "::" + _method, offset)) { Identity = message });

    /// <summary>The parts that a member plays.</summary>
    internal static MemberRoles RolesOf(string type, string name)
    {
        MemberRoles roles = MemberRoles.None;
        if (Deserializers.Contains(type))
            roles |= MemberRoles.Deserializer;
        if (name is "Create" or ".ctor" or "HashData" or "TryHashData" && WeakHashes.Contains(type))
            roles |= MemberRoles.WeakHash;
        if (name is "Create" or ".ctor" && WeakCiphers.Contains(type))
            roles |= MemberRoles.WeakCipher;
        if (name == "get_DangerousAcceptAnyServerCertificateValidator")
            roles |= MemberRoles.AcceptsEveryCertificate;
        if (name.StartsWith("set_", StringComparison.Ordinal))
            roles |= MemberRoles.Setter;
        if (IlSinks.NeedsFlow(type, name))
            roles |= MemberRoles.Flow;
        return roles;
    }

    private static string Short(string type) => PrintableText.Escape(type[(type.LastIndexOf('.') + 1)..], 128);
}
