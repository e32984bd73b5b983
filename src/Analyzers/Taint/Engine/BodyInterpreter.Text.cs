using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Methods of <see cref="string"/>.</content>
internal sealed partial class BodyInterpreter
{
    private static readonly char[] s_formatSeparators = { ',', ':' };

    private AbstractValue? CallText(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments)
    {
        switch (method.Name)
        {
            case "Concat" when receiver is null:
                return Concatenate(Parts(arguments));
            case "Format" when receiver is null:
                return Format(arguments, method);
            case "Join" when receiver is null && arguments.Length == 2:
                return Concatenate(JoinedParts(arguments[0], arguments[1]));
            case "Intern" or "Copy" when receiver is null && arguments.Length == 1:
                return arguments[0];
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when arguments.Length == 1 && arguments[0].Constant is { } constant:
                return AbstractValue.Of(constant is not string text || (method.Name == "IsNullOrEmpty" ? text.Length == 0 : string.IsNullOrWhiteSpace(text)));
            case "Equals" when receiver is null && arguments.Length >= 2 && arguments[0].Constant is { } left && arguments[1].Constant is { } right:
                return AbstractValue.Of(Equals(left, right));
        }

        if (receiver is null)
            return null;
        if (receiver.Constant is string value && FoldText(method.Name, value, arguments) is { } folded)
            return AbstractValue.Of(folded).WithFacts(receiver.Facts).WithPrefix(folded as string);
        switch (method.Name)
        {
            case "Trim" or "TrimEnd" or "TrimStart" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Normalize" or "Clone" or "PadRight" or "Substring" or "Remove"
                or "ToCharArray" or "TrimEntries" or "ReplaceLineEndings":
                Fact[] facts = method.Name is "Substring" or "Remove" ? Part(receiver, method.Name, arguments) : receiver.Facts;
                AbstractValue result = AbstractValue.Of(FactSet.AddStep(facts, operation.Syntax, method, TraceKind.Through));
                return method.Name is "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "PadRight" or "TrimEnd" ? result.WithPrefix(receiver.Prefix) : result;
            case "Replace" when arguments.Length >= 2:
                return AbstractValue.Of(FactSet.AddStep(FactSet.Join(receiver.Facts, arguments[1].Facts), operation.Syntax, method, TraceKind.Through)).WithPrefix(receiver.Prefix);
            case "Insert" when arguments.Length == 2:
                return AbstractValue.Of(FactSet.AddStep(FactSet.Join(receiver.Facts, arguments[1].Facts), operation.Syntax, method, TraceKind.Through));
            case "Split":
                AbstractValue pieces = AbstractValue.Of(Allocate(operation.Syntax, "split", null, isFresh: false));
                Write(pieces, Step.Element, AbstractValue.Of(FactSet.AddStep(receiver.Facts, operation.Syntax, method, TraceKind.Through)), isStrong: false);
                return pieces;
            case "Contains" or "StartsWith" or "EndsWith" or "Equals" or "IndexOf" or "LastIndexOf" or "CompareTo" or "GetHashCode" or "IndexOfAny":
                return AbstractValue.Clean;
            default:
                return null;
        }
    }

    private static Fact[] Part(AbstractValue receiver, string name, AbstractValue[] arguments)
    {
        // What is cut off at the front may have been what made the rest harmless; a fact does not remember that, so only the flags stay.
        Fact[] facts = FactSet.Map(receiver.Facts, static fact => fact with { Flags = fact.Flags & ~FactFlags.Canonical });
        return name == "Substring" && arguments.Length > 0
            ? FactSet.Join(facts, FactSet.End(FactSet.AddFlags(arguments[0].Facts, FactFlags.ThroughNumber | FactFlags.Mixed), SourceKinds.NotCarriedByIndexes))
            : facts;
    }

    private static object? FoldText(string name, string text, AbstractValue[] arguments)
    {
        object? first = arguments.Length > 0 ? arguments[0].Constant : null;
        switch (name)
        {
            case "Trim" when arguments.Length == 0:
                return text.Trim();
            case "ToLowerInvariant" or "ToLower" when arguments.Length == 0:
                return text.ToLowerInvariant();
            case "ToUpperInvariant" or "ToUpper" when arguments.Length == 0:
                return text.ToUpperInvariant();
            case "Equals" when arguments.Length == 1 && first is string other:
                return text == other;
            case "StartsWith" when first is string start:
                return text.StartsWith(start, StringComparison.Ordinal);
            case "EndsWith" when first is string end:
                return text.EndsWith(end, StringComparison.Ordinal);
            case "Contains" when first is string part:
                return text.IndexOf(part, StringComparison.Ordinal) >= 0;
            case "Substring" when first is long from && from >= 0 && from <= text.Length:
                if (arguments.Length == 1)
                    return text.Substring((int)from);
                return arguments[1].Constant is long count && count >= 0 && from + count <= text.Length ? text.Substring((int)from, (int)count) : null;
            case "ToString":
                return text;
            default:
                return null;
        }
    }

    private List<AbstractValue> Parts(AbstractValue[] arguments)
    {
        var parts = new List<AbstractValue>();
        foreach (AbstractValue argument in arguments)
        {
            if (argument.Objects.Length > 0)
                AddElements(argument, parts);
            else
                parts.Add(argument);
        }

        return parts;
    }

    private List<AbstractValue> JoinedParts(AbstractValue separator, AbstractValue values)
    {
        var elements = new List<AbstractValue>();
        AddElements(values, elements);
        var parts = new List<AbstractValue>(elements.Count * 2);
        for (int i = 0; i < elements.Count; i++)
        {
            if (i > 0 || (elements.Count == 1 && separator.Facts.Length > 0))
                parts.Add(separator);
            parts.Add(elements[i]);
        }

        return parts;
    }

    /// <summary>The elements in their order, when the positions are known; otherwise all in one.</summary>
    private void AddElements(AbstractValue collection, List<AbstractValue> parts)
    {
        if (collection.Objects.Length == 1 && collection.Objects[0] is { IsFresh: true } instance)
        {
            var byPosition = new SortedDictionary<long, AbstractValue>();
            bool isPositional = true;
            foreach (KeyValuePair<Step, int> cell in instance.Cells)
            {
                if (_state[cell.Value] is not { } value || ReferenceEquals(cell.Key, Step.Count))
                    continue;
                if (cell.Key.Key is long position)
                    byPosition[position] = value;
                else
                    isPositional = false;
            }

            if (isPositional && byPosition.Count > 0)
            {
                foreach (AbstractValue element in byPosition.Values)
                    parts.Add(element.Objects.Length > 0 ? AbstractValue.Of(DeepFacts(element)) : element);
                return;
            }
        }

        parts.Add(AbstractValue.Of(DeepFacts(collection)));
    }

    private AbstractValue Format(AbstractValue[] arguments, IMethodSymbol method)
    {
        int formatAt = method.Parameters.Length > 0 && method.Parameters[0].Type.SpecialType == SpecialType.System_String ? 0 : 1;
        var values = new List<AbstractValue>();
        for (int i = formatAt + 1; i < arguments.Length; i++)
        {
            if (method.Parameters[i].IsParams || method.Parameters[i].Type.TypeKind == TypeKind.Array)
                AddElements(arguments[i], values);
            else
                values.Add(arguments[i].Objects.Length > 0 ? AbstractValue.Of(DeepFacts(arguments[i])) : arguments[i]);
        }

        if (formatAt >= arguments.Length || arguments[formatAt].Constant is not string format)
        {
            values.Insert(0, formatAt < arguments.Length ? arguments[formatAt] : AbstractValue.Clean);
            return Concatenate(values).WithPrefix(null);
        }

        var parts = new List<AbstractValue>();
        int position = 0;
        while (position < format.Length)
        {
            int open = format.IndexOf('{', position);
            if (open < 0)
                open = format.Length;
            if (open > position)
                parts.Add(AbstractValue.Of(format.Substring(position, open - position)));
            int close = open < format.Length ? format.IndexOf('}', open) : -1;
            if (close < 0)
                break;
            string item = format.Substring(open + 1, close - open - 1);
            int end = item.IndexOfAny(s_formatSeparators);
            if (int.TryParse(end < 0 ? item : item.Substring(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < values.Count)
                parts.Add(values[index]);
            else
                parts.AddRange(values);
            position = close + 1;
        }

        return Concatenate(parts);
    }
}
