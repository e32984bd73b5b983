using System.Collections.Frozen;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Scanning.Secrets;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>
/// Looks at the method bodies of an assembly for the weaknesses that the source analyzers know, with the same ids. One pass over the
/// instructions of a body, with a window of the last calls and strings; no data flow.
/// </summary>
internal sealed class IlRules(AnalysisContext context, MetadataReader metadata, MemberNames names)
{
    private const int Window = 6;

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

    private static readonly FrozenSet<string> ValidationSetters = new[]
    {
        "set_ServerCertificateValidationCallback", "set_ServerCertificateCustomValidationCallback", "set_RemoteCertificateValidationCallback", "set_CertificateValidationCallback",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] SecretWords = ["password", "token", "secret", "nonce", "salt", "otp", "apikey", "sessionid", "passcode"];

    private readonly HashSet<int> _secretStrings = [];
    private readonly HashSet<int> _searchedStrings = [];
    private string _type = "", _method = "";

    /// <summary>Looks at one method body.</summary>
    public void Look(string type, string method, ReadOnlySpan<byte> file, ReadOnlySpan<byte> code, long offset)
    {
        (_type, _method) = (type, method);
        var reader = new IlReader(code);
        int index = 0, joinedAt = -1000, acceptsAllAt = -1000;
        bool usesRandom = false;
        int lastStringToken = 0;
        // A join of literals only is constant; ldarg, ldloc, ldfld and calls are what makes it a variable one.
        bool variableSinceStart = false;
        while (reader.TryReadReference(out IlInstruction instruction, ref index, ref variableSinceStart))
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
                if (AcceptsEverything(file, instruction.Operand))
                    acceptsAllAt = index;
                continue;
            }

            MemberFacts target = names.Facts(instruction.Operand);
            if (target.Roles != MemberRoles.None)
            {
                if ((target.Roles & MemberRoles.Join) != 0 && variableSinceStart)
                    joinedAt = index;
                usesRandom |= (target.Roles & MemberRoles.Random) != 0;
                bool joined = index > joinedAt && index - joinedAt <= Window;
                LookAtCall(target, instruction.IsNewObject, joined, index - acceptsAllAt <= 2 * Window, lastStringToken, offset + instruction.Offset);
            }

            lastStringToken = 0;
        }

        if (usesRandom && MakesSecret(method))
            Report(ScanRules.InsecureRandom, "System.Random is used in a member that makes a secret.", offset);
    }

    private void LookAtCall(MemberFacts target, bool creates, bool joined, bool acceptsAll, int lastStringToken, long at)
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
        else if ((roles & MemberRoles.ValidationSetter) != 0 && acceptsAll)
            Report(ScanRules.CertificateValidationDisabled, $"The callback given to {name[4..]} accepts every certificate.", at);
        else if (joined && (roles & MemberRoles.SqlSink) != 0)
            Report(ScanRules.SqlConcatenation, $"Joined strings are given to {Short(type)}.{name}.", at);
        else if (joined && (roles & MemberRoles.CommandSink) != 0)
            Report(ScanRules.CommandConcatenation, $"Joined strings are given to {Short(type)}.{name}.", at);
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

    // The characters lie in the file as they are, behind their length; the last byte is a flag (ECMA-335 II.24.2.4).
    private unsafe ReadOnlySpan<char> ReadString(int token)
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

    // The whole body is "return true": ldc.i4.1, ret.
    private bool AcceptsEverything(ReadOnlySpan<byte> file, int token)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind != HandleKind.MethodDefinition || MetadataTokens.GetRowNumber(handle) > metadata.MethodDefinitions.Count)
            return false;
        MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
        ReadOnlySpan<byte> code = IlReader.Body(file, BodyOffset(method.RelativeVirtualAddress));
        return code.SequenceEqual((ReadOnlySpan<byte>)[0x17, 0x2A]) || code.SequenceEqual((ReadOnlySpan<byte>)[0x00, 0x17, 0x0A, 0x2B, 0x00, 0x06, 0x2A]);
    }

    /// <summary>Turns an address of a body into a file offset.</summary>
    public required Func<int, long> BodyOffset { get; init; }

    private void Report(RuleMetadata rule, string message, long offset) =>
        context.Report(new Finding(rule, message, context.AtMember(_type + "::" + _method, offset)) { Identity = message });

    /// <summary>The parts that a member plays.</summary>
    internal static MemberRoles RolesOf(string type, string name)
    {
        MemberRoles roles = MemberRoles.None;
        if (IsJoin(type, name))
            roles |= MemberRoles.Join;
        if (Deserializers.Contains(type))
            roles |= MemberRoles.Deserializer;
        if (name is "Create" or ".ctor" or "HashData" or "TryHashData" && WeakHashes.Contains(type))
            roles |= MemberRoles.WeakHash;
        if (name is "Create" or ".ctor" && WeakCiphers.Contains(type))
            roles |= MemberRoles.WeakCipher;
        if (name == "get_DangerousAcceptAnyServerCertificateValidator")
            roles |= MemberRoles.AcceptsEveryCertificate;
        if (name.StartsWith("set_", StringComparison.Ordinal))
            roles |= ValidationSetters.Contains(name) ? MemberRoles.ValidationSetter | MemberRoles.Setter : MemberRoles.Setter;
        if (IsSqlSink(type, name))
            roles |= MemberRoles.SqlSink;
        if (IsCommandSink(type, name))
            roles |= MemberRoles.CommandSink;
        if (type == "System.Random" && name.StartsWith("Next", StringComparison.Ordinal))
            roles |= MemberRoles.Random;
        return roles;
    }

    private static bool IsJoin(string type, string name) =>
        (type == "System.String" && name is "Concat" or "Format" or "Replace" or "Join") || (type == "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler" && name == "ToStringAndClear")
        || (type == "System.Text.StringBuilder" && name == "ToString");

    private static bool IsSqlSink(string type, string name) =>
        (name == "set_CommandText" && type.EndsWith("Command", StringComparison.Ordinal))
        || (name == ".ctor" && type.EndsWith("Command", StringComparison.Ordinal) && (type.Contains("Sql", StringComparison.Ordinal) || type.Contains("OleDb", StringComparison.Ordinal) || type.Contains("Odbc", StringComparison.Ordinal) || type.Contains("Oracle", StringComparison.Ordinal)))
        || name is "FromSqlRaw" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "SqlQueryRaw";

    private static bool IsCommandSink(string type, string name) =>
        (type == "System.Diagnostics.ProcessStartInfo" && name is "set_Arguments" or ".ctor") || (type == "System.Diagnostics.Process" && name == "Start");

    private static bool MakesSecret(string method)
    {
        foreach (string word in SecretWords)
        {
            if (method.Contains(word, StringComparison.OrdinalIgnoreCase) && (method.Contains("generate", StringComparison.OrdinalIgnoreCase) || method.Contains("create", StringComparison.OrdinalIgnoreCase) || method.Contains("new", StringComparison.OrdinalIgnoreCase) || method.Contains("make", StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    private static string Short(string type) => PrintableText.Escape(type[(type.LastIndexOf('.') + 1)..], 128);
}
