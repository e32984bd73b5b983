using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>
/// The values of static fields: data that the compiler stored for array literals, and read-only fields that the type's initialiser sets to a
/// constant. The initialiser of a type is followed once, when somebody asks.
/// </summary>
internal sealed class IlStaticFields(MetadataReader metadata, MemberNames names, IlSignatures signatures, Func<int, string> readString, IlBodyFinder findBody)
{
    private const string CompilerData = "<PrivateImplementationDetails>";

    private readonly Dictionary<int, IlValue> _known = [];
    private readonly HashSet<int> _followed = [];
    private bool _isFollowing;

    /// <summary>The value of a field, or of the data behind a token.</summary>
    public IlValue Load(int token)
    {
        if (!IlSignatures.IsField(token))
            return IlValue.Variable;
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind != HandleKind.FieldDefinition || MetadataTokens.GetRowNumber(handle) > metadata.FieldDefinitions.Count)
            return signatures.IsSafeField(token) ? IlValue.Safe : IlValue.Variable;
        if (_known.TryGetValue(token, out IlValue? known))
            return known;
        FieldDefinition field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
        if (names.Find(token).Type.StartsWith(CompilerData, StringComparison.Ordinal))
            return IlValue.Of(new IlBuffer(IlBufferKind.Literal));
        if (signatures.IsSafeField(token))
            return IlValue.Safe;
        if ((field.Attributes & (FieldAttributes.Static | FieldAttributes.InitOnly)) != (FieldAttributes.Static | FieldAttributes.InitOnly) || _isFollowing)
            return IlValue.Variable;
        Follow(field.GetDeclaringType());
        return _known.GetValueOrDefault(token) ?? IlValue.Variable;
    }

    private void Follow(TypeDefinitionHandle type)
    {
        if (!_followed.Add(MetadataTokens.GetRowNumber(type)))
            return;
        foreach (MethodDefinitionHandle handle in metadata.GetTypeDefinition(type).GetMethods())
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (!metadata.StringComparer.Equals(method.Name, ".cctor"))
                continue;
            _isFollowing = true;
            var observer = new InitializerObserver(this);
            new IlFlow(signatures, names, readString).Run(findBody(method.RelativeVirtualAddress), isStatic: true, [], observer);
            _isFollowing = false;
            foreach ((int field, IlValue value) in observer.Stored)
            {
                // Zeros may be filled by anyone later; bytes and text that stand in the program stay.
                if (value.Buffer is { HasEscaped: false, Kind: IlBufferKind.Literal } || (value.Buffer is null && !value.MayVary && !value.MayBeWeakRandom))
                    _known[field] = value;
            }
        }
    }

    private sealed class InitializerObserver(IlStaticFields fields) : IIlObserver
    {
        public Dictionary<int, IlValue> Stored { get; } = [];

        public IlValue OnCall(int token, in IlCallShape shape, ReadOnlySpan<IlValue> arguments, bool creates, int offset)
        {
            (string type, string member) = fields.MemberOf(token);
            if (IlText.Result(type, member, shape, arguments, creates) is { } known)
                return known;
            foreach (IlValue argument in arguments)
            {
                if (argument.Buffer is { } buffer)
                    buffer.HasEscaped = true;
            }

            return shape.ReturnsNumber ? IlValue.Safe : IlValue.Variable;
        }

        public IlValue OnLoadStatic(int token) => Stored.GetValueOrDefault(token) ?? fields.Load(token);

        public void OnStoreField(int token, IlValue value, int offset) => Stored[token] = value;

        public void OnReturn(IlValue value, int offset)
        {
        }
    }

    private (string Type, string Member) MemberOf(int token) => names.Find(token);
}
