using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Calls of libraries.</content>
internal sealed partial class OutlineWalk
{
    /// <summary>A call of which only the signature and perhaps rows are known.</summary>
    private int CallLibrary(
        IMethodSymbol method, MemberModel? rows, IOperation? instance, int receiver, ImmutableArray<IArgumentOperation> arguments, int[] nodes, bool isNew)
    {
        bool isConstructor = method.MethodKind == MethodKind.Constructor;
        ITypeSymbol resultType = isConstructor ? method.ContainingType : method.ReturnType;
        bool hasRows = rows?.Propagators is { Count: > 0 };
        bool gives = isConstructor ? isNew : !method.ReturnsVoid && (hasRows || (resultType.SpecialType != SpecialType.System_Boolean && !LibraryMeasures.IsMeasure(method)));
        ITypeSymbol? receiverType = instance is null ? null : Unconverted(instance).Type;

        // One node stands for everything that goes in, another one for what the members of these objects hold in addition.
        var input = new OutlineHub(_outline);
        ImmutableArray<INamedTypeSymbol> contents = ImmutableArray<INamedTypeSymbol>.Empty;
        Add(receiver, receiverType);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (FunctionOf(arguments[i].Value) is null && arguments[i].Parameter is { RefKind: not RefKind.Out } given && (hasRows || !LibraryMeasures.IsMeasure(given)))
                Add(!hasRows && LibraryMeasures.IsSelector(given) ? Selecting(nodes[i]) : nodes[i], Unconverted(arguments[i].Value).Type);
        }

        for (int i = 0; i < nodes.Length; i++)
        {
            if (arguments[i].Parameter is { } parameter && IsFunction(parameter.Type, arguments[i].Value))
                ConnectFunction(arguments[i].Value, input.Fixed(), DelegateSource(rows, parameter), ref contents);
        }

        if (input.Node == 0 && contents.IsEmpty)
            return gives && _outlineTypes.IsMutable(resultType) ? _outline.Temporary(NodeContent.Everything) : 0;
        int plain = input.Node;
        int full = 0;
        if (receiver != 0 && (hasRows || (isConstructor && !isNew) || BodyInterpreter.MayStore(method.Name)) && !ValueTypes.IsAtomic(method.ContainingType))
            _outline.Connect(For(receiverType), receiver);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (arguments[i].Parameter is not { } parameter)
                continue;
            if (parameter.RefKind is RefKind.Out or RefKind.Ref)
                Assign(arguments[i].Value, Part(For(parameter.Type), parameter.Type), arguments[i].Value);
            else if (nodes[i] != 0 && (hasRows || (BodyInterpreter.IsBuffer(parameter.Type) && BodyInterpreter.FillsBuffers(method))))
                _outline.Connect(For(parameter.Type), nodes[i]);
        }

        if (!gives)
            return 0;
        NodeContent content = _outlineTypes.Classify(resultType);
        if (content == NodeContent.Everything && !hasRows && !method.OriginalDefinition.IsGenericMethod && !method.ContainingType.IsGenericType && _model.EndedBy(method) != SourceKinds.None)
            content = NodeContent.Answers;
        int result = _outline.Temporary(content);
        _outline.Connect(For(resultType), result);
        if (!_outlineTypes.IsMutable(resultType) || !IsView(method, resultType, receiverType))
            return result;
        _outline.Connect(result, receiver);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] != 0 && _outlineTypes.IsMutable(Unconverted(arguments[i].Value).Type))
                _outline.Connect(result, nodes[i]);
        }

        return result;

        void Add(int node, ITypeSymbol? type)
        {
            input.Add(node);
            contents = contents.AddRange(_outlineTypes.Contents(type));
        }

        int For(ITypeSymbol? type)
        {
            if (contents.IsEmpty || _outlineTypes.Names(type, contents))
                return plain;
            if (full == 0)
            {
                var hub = new OutlineHub(_outline);
                hub.Add(plain);
                foreach (INamedTypeSymbol content in contents)
                    hub.Add(ContentNode(content));
                full = hub.Node;
            }

            return full;
        }
    }

    /// <summary>Whether a change of the result may change what went in.</summary>
    private static bool IsView(IMethodSymbol method, ITypeSymbol resultType, ITypeSymbol? receiverType)
    {
        if (method.MethodKind == MethodKind.Constructor)
        {
            return BodyInterpreter.IsBuffer(resultType) || resultType.Name.EndsWith("Reader", StringComparison.Ordinal) || resultType.Name.EndsWith("Writer", StringComparison.Ordinal)
                || resultType.Name is "ReadOnlySpan" or "ReadOnlyMemory";
        }

        return SymbolEqualityComparer.Default.Equals(resultType, receiverType) || SymbolEqualityComparer.Default.Equals(resultType, method.ContainingType)
            || ValueTypes.IsCollection(resultType) || BodyInterpreter.IsBuffer(resultType) || MentionsTypeParameter(method.OriginalDefinition.ReturnType)
            || method.Name is "GetEnumerator" or "GetAsyncEnumerator" or "Slice" or "AsReadOnly" or "<Clone>$";
    }
}
