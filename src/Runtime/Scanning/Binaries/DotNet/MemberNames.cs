using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>Full names of the members that tokens of one assembly refer to, computed once each.</summary>
internal sealed class MemberNames(MetadataReader metadata)
{
    // Rows of the three tables that calls refer to; what is not in them is rare and lies in the dictionary.
    private readonly MemberFacts?[] _references = new MemberFacts?[metadata.MemberReferences.Count + 1];
    private readonly MemberFacts?[] _methods = new MemberFacts?[metadata.MethodDefinitions.Count + 1];
    private readonly Dictionary<int, MemberFacts> _others = [];
    private readonly string?[] _definitions = new string?[metadata.TypeDefinitions.Count + 1];
    private readonly string?[] _typeReferences = new string?[metadata.TypeReferences.Count + 1];

    /// <summary>The declaring type and the name of the member of a token; empty for what has no name.</summary>
    public (string Type, string Member) Find(int token)
    {
        MemberFacts facts = Facts(token);
        return (facts.Type, facts.Member);
    }

    /// <summary>What is known about the member of a token.</summary>
    public MemberFacts Facts(int token)
    {
        int row = token & 0xFFFFFF;
        MemberFacts?[]? table = (token >>> 24) switch
        {
            0x0A => _references,
            0x06 => _methods,
            _ => null,
        };
        if (table is not null && row < table.Length)
            return table[row] ??= Make(token);
        if (!_others.TryGetValue(token, out MemberFacts? facts))
            _others.Add(token, facts = Make(token));
        return facts;
    }

    private MemberFacts Make(int token)
    {
        (string type, string member) = Compute(token);
        return new MemberFacts(type, member);
    }

    public string TypeName(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => Reference((TypeReferenceHandle)handle),
        HandleKind.TypeDefinition => Definition((TypeDefinitionHandle)handle),
        HandleKind.TypeSpecification => Specification((TypeSpecificationHandle)handle),
        _ => "",
    };

    public string Definition(TypeDefinitionHandle handle)
    {
        int row = MetadataTokens.GetRowNumber(handle);
        return row < _definitions.Length ? _definitions[row] ??= ComputeDefinition(handle) : ComputeDefinition(handle);
    }

    private string ComputeDefinition(TypeDefinitionHandle handle)
    {
        // Nesting is bounded, because a hostile table can nest a type in itself.
        string name = "";
        for (int depth = 0; depth < 16 && !handle.IsNil; depth++)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            string space = metadata.GetString(type.Namespace);
            string part = metadata.GetString(type.Name);
            name = name.Length == 0 ? part : part + "+" + name;
            if (space.Length > 0)
                return space + "." + name;
            handle = type.GetDeclaringType();
        }

        return name;
    }

    private string Reference(TypeReferenceHandle handle)
    {
        int row = MetadataTokens.GetRowNumber(handle);
        return row < _typeReferences.Length ? _typeReferences[row] ??= ComputeReference(handle) : ComputeReference(handle);
    }

    private string ComputeReference(TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string space = metadata.GetString(type.Namespace);
        string name = metadata.GetString(type.Name);
        return space.Length > 0 ? space + "." + name : name;
    }

    // Only the generic type behind an instantiation is of interest: GENERICINST (CLASS | VALUETYPE) TypeDefOrRef.
    private string Specification(TypeSpecificationHandle handle)
    {
        BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (blob.Length < 3 || blob.ReadByte() != 0x15)
            return "";
        blob.ReadByte();
        EntityHandle type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeSpecification ? "" : TypeName(type);
    }

    private (string, string) Compute(int token)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        switch (handle.Kind)
        {
            case HandleKind.MemberReference when MetadataTokens.GetRowNumber(handle) <= metadata.MemberReferences.Count:
                MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return (member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeDefinition or HandleKind.TypeSpecification ? TypeName(member.Parent) : "", metadata.GetString(member.Name));
            case HandleKind.MethodDefinition when MetadataTokens.GetRowNumber(handle) <= metadata.MethodDefinitions.Count:
                MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return (Definition(method.GetDeclaringType()), metadata.GetString(method.Name));
            case HandleKind.MethodSpecification:
                EntityHandle generic = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
                return generic.Kind == HandleKind.MethodSpecification ? ("", "") : Find(MetadataTokens.GetToken(generic));
            case HandleKind.FieldDefinition when MetadataTokens.GetRowNumber(handle) <= metadata.FieldDefinitions.Count:
                FieldDefinition field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return (Definition(field.GetDeclaringType()), metadata.GetString(field.Name));
            default:
                return ("", "");
        }
    }
}
