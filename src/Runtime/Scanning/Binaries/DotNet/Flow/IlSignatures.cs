using System.Collections.Frozen;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>Reads of signatures only what the flow needs (ECMA-335 II.23.2). Nesting is bounded, because the blobs are hostile.</summary>
internal sealed class IlSignatures(MetadataReader metadata, MemberNames names)
{
    private const int MaxNesting = 32;
    private const int MaxParameters = 256;

    private static readonly FrozenSet<string> SafeTypes = new[]
    {
        "System.Boolean", "System.Byte", "System.SByte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64", "System.IntPtr", "System.UIntPtr",
        "System.Single", "System.Double", "System.Decimal", "System.Guid", "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Half", "System.Int128", "System.UInt128",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<int, IlCallShape?> _shapes = [];

    /// <summary>Whether values of a type cannot carry text that somebody chose.</summary>
    public static bool IsSafeType(string name) => SafeTypes.Contains(name);

    /// <summary>The shape of a call, or null when the token names no method.</summary>
    public IlCallShape? Shape(int token)
    {
        if (_shapes.TryGetValue(token, out IlCallShape? known))
            return known;
        IlCallShape? shape = Compute(token);
        _shapes.Add(token, shape);
        return shape;
    }

    /// <summary>For each parameter of a method of this assembly, whether it is a number; the object itself is not counted.</summary>
    public bool[] SafeParameters(MethodDefinitionHandle handle)
    {
        BlobReader blob = metadata.GetBlobReader(metadata.GetMethodDefinition(handle).Signature);
        int count = ReadHead(ref blob, out _);
        if (!TrySkipType(ref blob, 0, out _))
            return [];
        bool[] safe = new bool[Math.Min(count, MaxParameters)];
        for (int i = 0; i < safe.Length; i++)
        {
            if (!TrySkipType(ref blob, 0, out safe[i]))
                break;
        }

        return safe;
    }

    /// <summary>Whether a method of this assembly has a parameter of a type.</summary>
    public bool HasParameterOf(MethodDefinitionHandle handle, string typeName)
    {
        BlobReader blob = metadata.GetBlobReader(metadata.GetMethodDefinition(handle).Signature);
        int count = ReadHead(ref blob, out _);
        if (!TrySkipType(ref blob, 0, out _))
            return false;
        for (int i = 0; i < Math.Min(count, MaxParameters) && blob.RemainingBytes > 0; i++)
        {
            BlobReader start = blob;
            if (start.ReadByte() is 0x11 or 0x12 && names.TypeName(start.ReadTypeHandle()) == typeName)
                return true;
            if (!TrySkipType(ref blob, 0, out _))
                return false;
        }

        return false;
    }

    /// <summary>Whether a token may name a field.</summary>
    public static bool IsField(int token) => (token >>> 24) is 0x04 or 0x0A;

    /// <summary>Whether values of a type, by its token, cannot carry text that somebody chose.</summary>
    public bool IsSafeType(int token) => (token >>> 24) is 0x01 or 0x02 && IsSafeType(names.TypeName(MetadataTokens.EntityHandle(token)));

    /// <summary>Whether a field holds a number.</summary>
    public bool IsSafeField(int token)
    {
        if (!IsField(token))
            return false;
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        int row = MetadataTokens.GetRowNumber(handle);
        BlobHandle signature = handle.Kind switch
        {
            HandleKind.FieldDefinition when row <= metadata.FieldDefinitions.Count => metadata.GetFieldDefinition((FieldDefinitionHandle)handle).Signature,
            HandleKind.MemberReference when row <= metadata.MemberReferences.Count => metadata.GetMemberReference((MemberReferenceHandle)handle).Signature,
            _ => default,
        };
        if (signature.IsNil)
            return false;
        BlobReader blob = metadata.GetBlobReader(signature);
        return blob.Length >= 2 && blob.ReadByte() == 0x06 && TrySkipType(ref blob, 0, out bool safe) && safe;
    }

    private IlCallShape? Compute(int token)
    {
        // Hostile code names tables that there are not.
        if ((token >>> 24) is not (0x06 or 0x0A or 0x11 or 0x2B))
            return null;
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        int row = MetadataTokens.GetRowNumber(handle);
        switch (handle.Kind)
        {
            case HandleKind.MemberReference when row <= metadata.MemberReferences.Count:
                return Read(metadata.GetMemberReference((MemberReferenceHandle)handle).Signature);
            case HandleKind.MethodDefinition when row <= metadata.MethodDefinitions.Count:
                return Read(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).Signature);
            case HandleKind.StandaloneSignature when row <= metadata.GetTableRowCount(TableIndex.StandAloneSig):
                return Read(metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).Signature);
            case HandleKind.MethodSpecification when row <= metadata.GetTableRowCount(TableIndex.MethodSpec):
                MethodSpecification specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                if (specification.Method.Kind == HandleKind.MethodSpecification || Compute(MetadataTokens.GetToken(specification.Method)) is not { } shape)
                    return null;
                return shape with { HasNumericTypeArgument = IsNumericInstance(specification.Signature) };
            default:
                return null;
        }
    }

    private IlCallShape? Read(BlobHandle signature)
    {
        BlobReader blob = metadata.GetBlobReader(signature);
        int count = ReadHead(ref blob, out bool hasThis);
        if (count is < 0 or > MaxParameters)
            return null;
        BlobReader result = blob;
        return TrySkipType(ref blob, 0, out bool number) ? new IlCallShape(count, hasThis, !IsVoid(result), number, false) : null;
    }

    private static bool IsVoid(BlobReader blob)
    {
        byte element = blob.ReadByte();
        while (element is 0x1F or 0x20 && blob.RemainingBytes > 0)
        {
            blob.TryReadCompressedInteger(out _);
            element = blob.RemainingBytes > 0 ? blob.ReadByte() : (byte)0;
        }

        return element == 0x01;
    }

    private static int ReadHead(ref BlobReader blob, out bool hasThis)
    {
        hasThis = false;
        if (blob.RemainingBytes < 2)
            return -1;
        byte header = blob.ReadByte();
        // 0x20 HASTHIS without 0x40 EXPLICITTHIS; 6 and 7 are fields and locals.
        if ((header & 0xF) is 6 or 7)
            return -1;
        hasThis = (header & 0x60) == 0x20;
        if ((header & 0x10) != 0 && !blob.TryReadCompressedInteger(out _))
            return -1;
        return blob.TryReadCompressedInteger(out int count) ? count : -1;
    }

    private bool IsNumericInstance(BlobHandle signature)
    {
        BlobReader blob = metadata.GetBlobReader(signature);
        return blob.Length >= 3 && blob.ReadByte() == 0x0A && blob.TryReadCompressedInteger(out int count) && count == 1 && TrySkipType(ref blob, 0, out bool number) && number;
    }

    private bool TrySkipType(ref BlobReader blob, int depth, out bool safe)
    {
        safe = false;
        if (depth > MaxNesting || blob.RemainingBytes == 0)
            return false;
        byte element = blob.ReadByte();
        switch (element)
        {
            // Numbers and truth values; 3 is a character and 0xE a string.
            case 0x02 or (>= 0x04 and <= 0x0D) or 0x18 or 0x19:
                safe = true;
                return true;
            case 0x01 or 0x03 or 0x0E or 0x16 or 0x1C:
                return true;
            case 0x11:
                safe = IsSafeType(names.TypeName(blob.ReadTypeHandle()));
                return true;
            case 0x12 or 0x13 or 0x1E:
                return blob.TryReadCompressedInteger(out _);
            case 0x0F or 0x10 or 0x1D or 0x45:
                return TrySkipType(ref blob, depth + 1, out _);
            case 0x1F or 0x20:
                return blob.TryReadCompressedInteger(out _) && TrySkipType(ref blob, depth + 1, out safe);
            case 0x14:
                return TrySkipType(ref blob, depth + 1, out _) && TrySkipArrayShape(ref blob);
            case 0x15:
                return TrySkipInstance(ref blob, depth);
            default:
                return false;
        }
    }

    private bool TrySkipInstance(ref BlobReader blob, int depth)
    {
        if (blob.RemainingBytes < 3)
            return false;
        blob.ReadByte();
        if (!blob.TryReadCompressedInteger(out _) || !blob.TryReadCompressedInteger(out int count) || count > MaxParameters)
            return false;
        for (int i = 0; i < count; i++)
        {
            if (!TrySkipType(ref blob, depth + 1, out _))
                return false;
        }

        return true;
    }

    private static bool TrySkipArrayShape(ref BlobReader blob)
    {
        if (!blob.TryReadCompressedInteger(out _))
            return false;
        for (int part = 0; part < 2; part++)
        {
            if (!blob.TryReadCompressedInteger(out int count) || count > MaxParameters)
                return false;
            for (int i = 0; i < count; i++)
            {
                if (!blob.TryReadCompressedInteger(out _))
                    return false;
            }
        }

        return true;
    }
}
