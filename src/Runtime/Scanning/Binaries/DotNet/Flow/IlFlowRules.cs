using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>The rules that need to know where a value comes from, over the methods of one assembly.</summary>
internal sealed class IlFlowRules : IIlObserver
{
    private const int EcbMode = 2;

    private static readonly FrozenSet<string> WeakHashNames = new[] { "MD5", "SHA", "SHA1", "SHA-1", "System.Security.Cryptography.MD5", "System.Security.Cryptography.SHA1", "System.Security.Cryptography.HashAlgorithm", "http://www.w3.org/2000/09/xmldsig#sha1" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> WeakCipherNames = new[] { "DES", "3DES", "TripleDES", "Triple DES", "RC2", "System.Security.Cryptography.DES", "System.Security.Cryptography.TripleDES", "System.Security.Cryptography.RC2" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly MetadataReader _metadata;
    private readonly MemberNames _names;
    private readonly IlSignatures _signatures;
    private readonly IlFlow _flow;
    private readonly Action<RuleMetadata, string, int> _report;
    private readonly IlStaticFields _fields;
    private readonly List<(RuleMetadata Rule, string Message, IlBuffer Buffer, int Offset)> _whenUntouched = [];
    private readonly HashSet<(string, int)> _reported = [];
    private string _method = "";

    /// <summary>Creates the rules.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="names">The names of members.</param>
    /// <param name="readString">Reads a literal.</param>
    /// <param name="findBody">The body of a method.</param>
    /// <param name="report">Takes rule, message and offset in the body.</param>
    public IlFlowRules(MetadataReader metadata, MemberNames names, Func<int, string> readString, IlBodyFinder findBody, Action<RuleMetadata, string, int> report)
    {
        _metadata = metadata;
        _names = names;
        _report = report;
        _signatures = new IlSignatures(metadata, names);
        _flow = new IlFlow(_signatures, names, readString);
        _fields = new IlStaticFields(metadata, names, _signatures, readString, findBody);
    }

    /// <summary>Follows the values of one method.</summary>
    /// <param name="handle">The method.</param>
    /// <param name="code">Its body.</param>
    public void Look(MethodDefinitionHandle handle, ReadOnlySpan<byte> code)
    {
        MethodDefinition method = _metadata.GetMethodDefinition(handle);
        _method = _metadata.GetString(method.Name);
        _whenUntouched.Clear();
        _reported.Clear();
        _flow.Run(code, (method.Attributes & MethodAttributes.Static) != 0, _signatures.SafeParameters(handle), this);
        foreach ((RuleMetadata rule, string message, IlBuffer buffer, int offset) in _whenUntouched)
        {
            if (!buffer.HasEscaped && !buffer.HasVariable)
                Report(rule, message, offset);
        }
    }

    /// <summary>Whether a function given as a callback judges certificates and accepts them all.</summary>
    /// <param name="handle">The function.</param>
    /// <param name="code">Its body.</param>
    public bool AcceptsEveryCertificate(MethodDefinitionHandle handle, ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty || !_signatures.HasParameterOf(handle, "System.Net.Security.SslPolicyErrors"))
            return false;
        var observer = new ReturnObserver();
        new IlFlow(_signatures, _names, static _ => "").Run(code, isStatic: false, [], observer);
        return observer.OnlyTrue;
    }

    public IlValue OnCall(int token, in IlCallShape shape, ReadOnlySpan<IlValue> arguments, bool creates, int offset)
    {
        (string type, string member) = _names.Find(token);
        (IlSinkKind kind, int index) = IlSinks.Find(type, member, arguments.Length, creates);
        if (kind != IlSinkKind.None && index < arguments.Length)
            LookAtSink(kind, type, member, index < 0 ? IlValue.Safe : arguments[index], index < 0, offset);
        if (type == "System.Random")
            return FromRandom(member, arguments, creates);
        if (member.StartsWith("set_", StringComparison.Ordinal) && arguments.Length > 0 && arguments[^1].MayBeWeakRandom && SecretNames.IsSecret(member[4..]))
            Report(ScanRules.InsecureRandom, $"Output of System.Random is stored in {member[4..]}.", offset);
        if (IlText.Result(type, member, shape, arguments, creates) is { } known)
            return known;
        return Unknown(type, member, shape, arguments, kind, index);
    }

    public IlValue OnLoadStatic(int token) => _fields.Load(token);

    public void OnStoreField(int token, IlValue value, int offset)
    {
        if (value.Buffer is { } buffer)
            buffer.HasEscaped = true;
        if (value.MayBeWeakRandom && _names.Find(token).Member is var name && SecretNames.IsSecret(name))
            Report(ScanRules.InsecureRandom, $"Output of System.Random is stored in {PrintableText.Escape(name, 128)}.", offset);
    }

    public void OnReturn(IlValue value, int offset)
    {
        if (value.MayBeWeakRandom && SecretNames.IsSecret(_method))
            Report(ScanRules.InsecureRandom, "Output of System.Random is returned by a member that makes a secret.", offset);
    }

    private void LookAtSink(IlSinkKind kind, string type, string member, IlValue value, bool always, int offset)
    {
        string target = PrintableText.Escape(type[(type.LastIndexOf('.') + 1)..], 128) + "." + PrintableText.Escape(member, 128);
        switch (kind)
        {
            case IlSinkKind.Sql when value.IsJoined:
                Report(ScanRules.SqlConcatenation, $"Joined strings are given to {target}.", offset);
                break;
            case IlSinkKind.CommandLine when value.IsJoined:
                Report(ScanRules.CommandConcatenation, $"Joined strings are given to {target}.", offset);
                break;
            case IlSinkKind.Nonce or IlSinkKind.Key when value.MayBeWeakRandom:
                Report(ScanRules.InsecureRandom, $"Output of System.Random is given to {target}.", offset);
                break;
            case IlSinkKind.Nonce when value.Buffer is { Kind: not IlBufferKind.Other } buffer:
                _whenUntouched.Add((ScanRules.StaticNonce, $"{(buffer.Kind == IlBufferKind.Zeros ? "Zeros are" : "A constant is")} given to {target}.", buffer, offset));
                break;
            case IlSinkKind.Key when value.Buffer is { Kind: IlBufferKind.Literal } key:
                _whenUntouched.Add((ScanRules.HardcodedSecret, $"A key that stands in the program is given to {target}.", key, offset));
                break;
            case IlSinkKind.CipherMode when always || value.Number == EcbMode:
                Report(ScanRules.InsecureCipherMode, $"The ECB mode is chosen with {target}.", offset);
                break;
            case IlSinkKind.AlgorithmName when value.Text is { } name && WeakHashNames.Contains(name):
                Report(ScanRules.WeakHash, $"{name} is chosen with {target}.", offset);
                break;
            case IlSinkKind.AlgorithmName when value.Text is { } name && WeakCipherNames.Contains(name):
                Report(ScanRules.WeakCipher, $"{name} is chosen with {target}.", offset);
                break;
            case IlSinkKind.TypeNames when value.Number is > 0 and <= 4:
                Report(ScanRules.DangerousDeserializer, $"{target} lets the data name the types to create.", offset);
                break;
        }
    }

    private static IlValue FromRandom(string member, ReadOnlySpan<IlValue> arguments, bool creates)
    {
        if (creates || !member.StartsWith("Next", StringComparison.Ordinal))
            return creates || member == "get_Shared" ? IlValue.Variable : IlValue.Of(false, true);
        if (member == "NextBytes" && arguments.Length == 2 && arguments[1].Buffer is { } buffer)
        {
            buffer.HasWeakRandom = true;
            buffer.HasEscaped = true;
        }

        return IlValue.Of(false, true);
    }

    // Whoever gets a buffer may write to it; only what takes a nonce or a key is known to read it.
    private static IlValue Unknown(string type, string member, in IlCallShape shape, ReadOnlySpan<IlValue> arguments, IlSinkKind kind, int sinkArgument)
    {
        bool weak = false, reads = member is "get_Length" or "get_IsEmpty" or "ToBase64String" or "ToHexString" or "ToHexStringLower" || (kind is IlSinkKind.Nonce or IlSinkKind.Key);
        for (int i = 0; i < arguments.Length; i++)
        {
            weak |= arguments[i].MayBeWeakRandom;
            if (arguments[i].Buffer is { } buffer && !(reads && (i == sinkArgument || kind == IlSinkKind.None)))
                buffer.HasEscaped = true;
        }

        weak &= type.StartsWith("System.", StringComparison.Ordinal);
        if (shape.ReturnsNumber || (member == "ToString" && IlSignatures.IsSafeType(type)))
            return IlValue.Of(false, weak);
        return weak ? new IlValue { IsVariable = true, IsWeakRandom = true } : IlValue.Variable;
    }

    private void Report(RuleMetadata rule, string message, int offset)
    {
        if (_reported.Add((rule.Id, offset)))
            _report(rule, message, offset);
    }

    private sealed class ReturnObserver : IIlObserver
    {
        private bool _returned, _other;

        public bool OnlyTrue => _returned && !_other;

        public IlValue OnCall(int token, in IlCallShape shape, ReadOnlySpan<IlValue> arguments, bool creates, int offset) => IlValue.Variable;

        public IlValue OnLoadStatic(int token) => IlValue.Variable;

        public void OnStoreField(int token, IlValue value, int offset)
        {
        }

        public void OnReturn(IlValue value, int offset)
        {
            _returned = true;
            _other |= value.Number != 1;
        }
    }
}
