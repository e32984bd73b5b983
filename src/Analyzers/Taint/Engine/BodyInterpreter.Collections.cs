using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Collections: elements by constant key or position where that is known.</content>
internal sealed partial class BodyInterpreter
{
    private AbstractValue Enumerated(AbstractValue collection, ITypeSymbol? elementType)
    {
        if (elementType is { Name: "KeyValuePair" or "DictionaryEntry" } && HoldsKeys(collection))
            return collection;
        return Read(collection, Step.Element, elementType);
    }

    private static bool HoldsKeys(AbstractValue collection)
    {
        foreach (HeapObject instance in collection.Objects)
        {
            if (instance.Cells.ContainsKey(Step.Keys) || instance.Place is not null)
                return true;
            foreach (KeyValuePair<Step, int> cell in instance.Cells)
            {
                if (cell.Key.Key is not null)
                    return true;
            }
        }

        return collection.Objects.Length == 0;
    }

    private void AddKeys(AbstractValue container, AbstractValue[] keys, ISymbol member)
    {
        _ = member;
        foreach (AbstractValue key in keys)
        {
            if (key.Constant is not long)
                Write(container, Step.Keys, key.WithConstant(null), isStrong: false);
        }
    }

    private AbstractValue? CallCollection(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        if (receiver is null)
            return method.IsExtensionMethod && arguments.Length > 0 ? CallPositional(method, arguments) : null;
        if (!ValueTypes.IsCollection(method.ContainingType) || receiver.Objects.Length == 0)
            return null;
        switch (method.Name)
        {
            case "Add" or "Append" when arguments.Length == 1:
                AddElement(receiver, arguments[0], operation);
                return method.ReturnsVoid || method.ReturnType.SpecialType is SpecialType.System_Boolean or SpecialType.System_Int32 ? AbstractValue.Clean : receiver;
            case "Add" or "TryAdd" or "Set" when arguments.Length == 2:
                AddKeys(receiver, new[] { arguments[0] }, method);
                WriteElement(receiver, arguments[0].Constant, arguments[1], operation.Syntax);
                return method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean ? AbstractValue.Clean : receiver;
            case "AddRange" or "UnionWith" or "InsertRange" when arguments.Length >= 1:
                ForgetPositions(receiver, long.MinValue);
                Write(receiver, Step.Element, Read(arguments[arguments.Length - 1], Step.Element, null), isStrong: false);
                return method.ReturnsVoid ? AbstractValue.Clean : receiver;
            case "Insert" when arguments.Length == 2:
                ForgetPositions(receiver, long.MinValue);
                WriteElement(receiver, null, arguments[1], operation.Syntax);
                return method.ReturnsVoid ? AbstractValue.Clean : receiver;
            case "AddLast" or "AddFirst" or "AddBefore" or "AddAfter" or "Enqueue" or "Push" when arguments.Length >= 1:
                WriteElement(receiver, null, arguments[arguments.Length > 1 && method.Name == "Enqueue" ? 0 : arguments.Length - 1], operation.Syntax);
                return method.ReturnsVoid ? AbstractValue.Clean : receiver;
            case "RemoveAt" when arguments.Length == 1:
                RemoveAt(receiver, arguments[0].Constant);
                return AbstractValue.Clean;
            case "Remove" when arguments.Length == 1:
                RemoveKey(receiver, arguments[0].Constant, method);
                return AbstractValue.Clean;
            case "Clear" when arguments.Length == 0:
                OverwriteContent(receiver, null);
                return AbstractValue.Clean;
            case "TryGetValue" when arguments.Length == 2 && operations[1] is { } output:
                Assign(output, Read(receiver, arguments[0].Constant is { } key ? _places.Key(key) : Step.Element, method.Parameters[1].Type), operation);
                return AbstractValue.Clean;
            case "Get" or "GetValue" or "GetValues" when arguments.Length == 1:
                return Read(receiver, arguments[0].Constant is { } name ? _places.Key(name) : Step.Element, method.ReturnType);
            case "Contains" or "ContainsKey" or "ContainsValue" or "IndexOf":
                return AbstractValue.Clean;
            default:
                return null;
        }
    }

    /// <summary>LINQ reads whose position is known.</summary>
    private AbstractValue? CallPositional(IMethodSymbol method, AbstractValue[] arguments)
    {
        if (arguments[0].Objects.Length != 1)
            return null;
        HeapObject instance = arguments[0].Objects[0];
        object? position = method.Name switch
        {
            "ElementAt" or "ElementAtOrDefault" when arguments.Length == 2 => arguments[1].Constant,
            "First" or "FirstOrDefault" when arguments.Length == 1 && CountOf(instance) is > 0 => 0L,
            "Last" or "LastOrDefault" when arguments.Length == 1 && CountOf(instance) is { } count and > 0 => count - 1,
            "GetValueOrDefault" when arguments.Length >= 2 => arguments[1].Constant,
            _ => null,
        };
        return position is null ? null : Read(arguments[0], _places.Key(position), method.ReturnType);
    }

    private long? CountOf(HeapObject instance) => instance.Cells.TryGetValue(Step.Count, out int slot) && _state[slot]?.Constant is long count ? count : null;

    private void AddElement(AbstractValue container, AbstractValue value, IOperation operation)
    {
        if (container.Objects.Length == 1 && CountOf(container.Objects[0]) is { } count and < 64)
        {
            WriteElement(container, count, value, operation.Syntax);
            Write(container, Step.Count, AbstractValue.Of(count + 1));
            return;
        }

        ForgetCount(container);
        WriteElement(container, null, value, operation.Syntax);
    }

    private void ForgetCount(AbstractValue container)
    {
        foreach (HeapObject instance in container.Objects)
        {
            if (instance.Cells.TryGetValue(Step.Count, out int slot))
                _state[slot] = AbstractValue.Clean;
        }
    }

    /// <summary>Elements at a position or later may now be anywhere.</summary>
    private void ForgetPositions(AbstractValue container, long from)
    {
        ForgetCount(container);
        foreach (HeapObject instance in container.Objects)
        {
            foreach (KeyValuePair<Step, int> cell in new List<KeyValuePair<Step, int>>(instance.Cells))
            {
                if (cell.Key.Key is not long position || position < from || _state[cell.Value] is not { } value)
                    continue;
                Write(AbstractValue.Of(instance), Step.Element, value, isStrong: false);
                _state[cell.Value] = null;
            }
        }
    }

    private void RemoveAt(AbstractValue container, object? position)
    {
        if (container.Objects.Length != 1 || position is not long index || CountOf(container.Objects[0]) is not { } count || index >= count)
        {
            ForgetPositions(container, long.MinValue);
            return;
        }

        HeapObject instance = container.Objects[0];
        for (long i = index; i < count; i++)
        {
            AbstractValue? next = i + 1 < count ? _state[instance.Cell(_places.Key(i + 1))] : null;
            _state[instance.Cell(_places.Key(i))] = next;
        }

        Write(container, Step.Count, AbstractValue.Of(count - 1));
    }

    private void RemoveKey(AbstractValue container, object? key, IMethodSymbol method)
    {
        if (container.Objects.Length == 1 && key is not null && method.ContainingType.TypeArguments.Length == 2)
            _state[container.Objects[0].Cell(_places.Key(key))] = AbstractValue.Clean;
        else if (method.ContainingType.TypeArguments.Length != 2)
            ForgetPositions(container, long.MinValue);
    }
}
