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

    /// <summary>Looks at one method body.</summary>
    public void Look(string type, string method, ReadOnlySpan<byte> file, ReadOnlySpan<byte> code, long offset)
    {
        string member = type + "::" + method;
        var reader = new IlReader(code);
        int index = 0, joinedAt = -1000, acceptsAllAt = -1000;
        bool usesRandom = false;
        string? lastString = null;
        int lastStringToken = 0;
        // A join of literals only is constant; ldarg, ldloc, ldfld and calls are what makes it a variable one.
        bool variableSinceStart = false;
        while (reader.TryRead(out IlInstruction instruction))
        {
            index++;
            if (instruction.Opcode is >= 0x02 and <= 0x09 or 0x0E or 0x11 or 0x7B or 0x7E or 0xFE09 or 0xFE0C)
                variableSinceStart = true;
            if (instruction.IsLoadString)
            {
                lastStringToken = instruction.Operand;
                lastString = ReadString(instruction.Operand);
                LookAtString(lastString, instruction.Operand, null, member, offset + instruction.Offset);
                continue;
            }

            if (instruction.IsStoreField && lastString is not null)
            {
                LookAtString(lastString, lastStringToken, names.Find(instruction.Operand).Member.Trim('<', '_'), member, offset + instruction.Offset);
                lastString = null;
                continue;
            }

            if (instruction.IsLoadFunction && AcceptsEverything(file, instruction.Operand))
                acceptsAllAt = index;
            if (!instruction.IsCall && !instruction.IsNewObject)
                continue;
            (string target, string name) = names.Find(instruction.Operand);
            long at = offset + instruction.Offset;
            if (IsJoin(target, name) && variableSinceStart)
                joinedAt = index;
            bool joined = index > joinedAt && index - joinedAt <= Window;
            if (instruction.IsNewObject && Deserializers.Contains(target))
                Report(ScanRules.DangerousDeserializer, $"{Short(target)} is created.", member, at);
            else if ((name is "Create" or ".ctor" or "HashData" or "TryHashData") && WeakHashes.Contains(target))
                Report(ScanRules.WeakHash, $"{Short(target)} is used.", member, at);
            else if (name is "Create" or ".ctor" && WeakCiphers.Contains(target))
                Report(ScanRules.WeakCipher, $"{Short(target)} is used.", member, at);
            else if (name == "get_DangerousAcceptAnyServerCertificateValidator")
                Report(ScanRules.CertificateValidationDisabled, "HttpClientHandler.DangerousAcceptAnyServerCertificateValidator is used.", member, at);
            else if (ValidationSetters.Contains(name) && index - acceptsAllAt <= 2 * Window)
                Report(ScanRules.CertificateValidationDisabled, $"The callback given to {name[4..]} accepts every certificate.", member, at);
            else if (joined && IsSqlSink(target, name))
                Report(ScanRules.SqlConcatenation, $"Joined strings are given to {Short(target)}.{name}.", member, at);
            else if (joined && IsCommandSink(target, name))
                Report(ScanRules.CommandConcatenation, $"Joined strings are given to {Short(target)}.{name}.", member, at);
            else if (name.StartsWith("set_", StringComparison.Ordinal) && lastString is not null)
                LookAtString(lastString, lastStringToken, name[4..], member, at);
            usesRandom |= target == "System.Random" && name.StartsWith("Next", StringComparison.Ordinal);
            lastString = null;
        }

        if (usesRandom && MakesSecret(method))
            Report(ScanRules.InsecureRandom, "System.Random is used in a member that makes a secret.", member, offset);
    }

    private void LookAtString(string? text, int token, string? name, string member, long offset)
    {
        if (text is null || text.Length < 6 || text.Length > 64 << 10)
            return;
        // The detectors of formats need no name; with a name they can say more, so a string may be looked at twice and reported once.
        if (name is null && !SecretScanner.Default.MayContainSecret(text))
            return;
        foreach (SecretMatch match in SecretScanner.Default.Scan(text, SecretContext.Value(name)))
        {
            if (_secretStrings.Add(token))
                context.Report(SecretAnalyzer.ToFinding(ScanRules.HardcodedSecret, match, context.AtMember(member, offset)));
        }
    }

    private string? ReadString(int token)
    {
        if ((token >>> 24) != 0x70)
            return null;
        UserStringHandle handle = MetadataTokens.UserStringHandle(token & 0xFFFFFF);
        return (token & 0xFFFFFF) < metadata.GetHeapSize(HeapIndex.UserString) ? metadata.GetUserString(handle) : null;
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

    private void Report(RuleMetadata rule, string message, string member, long offset) =>
        context.Report(new Finding(rule, message, context.AtMember(member, offset)) { Identity = message });

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
