namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>What comes back from the framework's calls that make text and buffers.</summary>
internal static class IlText
{
    /// <summary>The result of a call, or null when the call is none of those that are known here.</summary>
    public static IlValue? Result(string type, string member, in IlCallShape shape, ReadOnlySpan<IlValue> arguments, bool creates) => type switch
    {
        "System.String" => FromString(member, arguments, creates),
        "System.Text.StringBuilder" => FromBuilder(member, shape, arguments, creates),
        "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler" => FromHandler(member, shape, arguments),
        "System.Runtime.CompilerServices.RuntimeHelpers" => FromRuntime(member, arguments),
        "System.Text.Encoding" or "System.Text.UTF8Encoding" or "System.Text.ASCIIEncoding" or "System.Text.UnicodeEncoding" when member == "GetBytes" => FromLiteral(arguments, 1),
        "System.Convert" when member is "FromBase64String" or "FromHexString" => FromLiteral(arguments, 0),
        // Overridden members are called through the class that declares them first.
        "System.Object" when member == "ToString" && arguments is [{ Buffer: { } buffer }] => IlValue.Of(buffer.HasVariable, buffer.HasWeakRandom),
        _ => FromSpan(type, member, arguments, creates),
    };

    private static IlValue? FromString(string member, ReadOnlySpan<IlValue> arguments, bool creates)
    {
        if (creates)
            return arguments.Length > 0 && arguments[0].MayBeWeakRandom ? IlValue.Of(false, true) : null;
        switch (member)
        {
            case "Concat" or "Join" or "Format":
                return Joined(arguments);
            case "Replace" or "Insert" or "PadLeft" or "PadRight":
                IlValue changed = Joined(arguments);
                return arguments.Length > 0 && arguments[0].MayVary && !arguments[0].IsJoined ? new IlValue { IsVariable = true, IsWeakRandom = changed.IsWeakRandom } : changed;
            case "Trim" or "TrimStart" or "TrimEnd" or "Substring" or "Remove" or "ToUpper" or "ToLower" or "ToUpperInvariant" or "ToLowerInvariant" or "ToString" or "Normalize":
                return arguments.Length > 0 ? arguments[0] : null;
            default:
                return null;
        }
    }

    private static IlValue Joined(ReadOnlySpan<IlValue> parts)
    {
        bool varies = false, weak = false;
        foreach (IlValue part in parts)
        {
            varies |= part.MayVary;
            weak |= part.MayBeWeakRandom;
        }

        return IlValue.Of(varies, weak);
    }

    private static IlValue? FromBuilder(string member, in IlCallShape shape, ReadOnlySpan<IlValue> arguments, bool creates)
    {
        if (creates)
        {
            var made = new IlBuffer(IlBufferKind.Other);
            Add(made, arguments);
            return IlValue.Of(made);
        }

        if (arguments.IsEmpty || arguments[0].Buffer is not { } buffer)
            return null;
        if (member == "ToString")
            return IlValue.Of(buffer.HasVariable, buffer.HasWeakRandom);
        if (member is "Append" or "AppendLine" or "AppendFormat" or "AppendJoin" or "Insert" or "Replace")
            Add(buffer, arguments[1..]);
        return shape.ReturnsNumber ? IlValue.Safe : arguments[0];
    }

    private static IlValue? FromHandler(string member, in IlCallShape shape, ReadOnlySpan<IlValue> arguments)
    {
        if (member == ".ctor")
            return IlValue.Of(new IlBuffer(IlBufferKind.Other));
        if (arguments.IsEmpty || arguments[0].Buffer is not { } buffer)
            return null;
        if (member is "ToStringAndClear" or "ToString")
            return IlValue.Of(buffer.HasVariable, buffer.HasWeakRandom);
        if (member == "AppendFormatted" && !shape.HasNumericTypeArgument)
            Add(buffer, arguments[1..]);
        else if (member == "AppendFormatted" && arguments.Length > 1)
            buffer.HasWeakRandom |= arguments[1].MayBeWeakRandom;
        return IlValue.Safe;
    }

    private static void Add(IlBuffer buffer, ReadOnlySpan<IlValue> parts)
    {
        foreach (IlValue part in parts)
        {
            buffer.HasVariable |= part.MayVary;
            buffer.HasWeakRandom |= part.MayBeWeakRandom;
        }
    }

    private static IlValue? FromRuntime(string member, ReadOnlySpan<IlValue> arguments)
    {
        if (member == "InitializeArray" && arguments.Length == 2 && arguments[0].Buffer is { } buffer)
        {
            buffer.Kind = IlBufferKind.Literal;
            return IlValue.Safe;
        }

        return member == "CreateSpan" && arguments.Length == 1 ? arguments[0] : null;
    }

    private static IlValue? FromLiteral(ReadOnlySpan<IlValue> arguments, int index) =>
        arguments.Length == index + 1 && arguments[index].Text is { Length: > 0 } ? IlValue.Of(new IlBuffer(IlBufferKind.Literal)) : null;

    // A span is another name for its array.
    private static IlValue? FromSpan(string type, string member, ReadOnlySpan<IlValue> arguments, bool creates)
    {
        if (arguments.IsEmpty || arguments[0].Buffer is null)
            return null;
        bool isSpan = type is "System.Span`1" or "System.ReadOnlySpan`1" or "System.Memory`1" or "System.ReadOnlyMemory`1";
        if (isSpan && (creates || member is ".ctor" or "op_Implicit" or "Slice" or "get_Span" or "ToArray"))
            return arguments[0];
        return (type == "System.MemoryExtensions" && member is "AsSpan" or "AsMemory") || (type == "System.Array" && member == "Clone") ? arguments[0] : null;
    }
}
