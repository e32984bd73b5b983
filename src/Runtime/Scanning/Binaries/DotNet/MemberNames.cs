using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>Full names of the members that tokens of one assembly refer to, computed once each.</summary>
internal sealed class MemberNames(MetadataReader metadata)
{
    private readonly Dictionary<int, (string Type, string Member)> _names = [];

    /// <summary>The declaring type and the name of the member of a token; empty for what has no name.</summary>
    public (string Type, string Member) Find(int token)
    {
        if (_names.TryGetValue(token, out (string, string) known))
            return known;
        (string, string) name = Compute(token);
        _names.Add(token, name);
        return name;
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
