using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Where the value of an expression comes from.</summary>
/// <param name="Node">What keeps it.</param>
/// <param name="Call">The call whose result it is; null for a value that is not one.</param>
internal readonly record struct FlowSource(FlowNode Node, SyntaxNode? Call)
{
    /// <summary>Says what keeps the value of a reference, an element or a call; null for anything else.</summary>
    public static FlowSource? Of(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                return new FlowSource(new FlowNode(call.TargetMethod), call.Syntax);
            case IArrayElementReferenceOperation { Indices: [var index] } element:
                return Part(element.ArrayReference, Constant(index) is { } known ? FlowNode.PartUnder(known) : FlowNode.AnyPart);
            case IPropertyReferenceOperation { Property.IsIndexer: true } indexer:
                // Under a key that is not known, a dictionary may give anything; a list gives one of its kind.
                return indexer is { Instance: { } instance, Arguments: [var key] } && CollectionTargets.IsCollection(instance.Type)
                    ? Part(instance, Constant(key.Value) is { } constant ? FlowNode.PartUnder(constant) : key.Value.Type?.SpecialType == SpecialType.System_Int32 ? FlowNode.AnyPart : null)
                    : null;
            case IFieldReferenceOperation { Field: { ContainingType.IsTupleType: true } field, Instance: { } tuple }:
                return Part(tuple, FlowNode.PartAt(IndexOf(field)));
            default:
                return ReferenceName.SymbolOf(operation) is { } symbol ? new FlowSource(new FlowNode(symbol), null) : null;
        }
    }

    private static FlowSource? Part(IOperation holder, string? part)
    {
        IOperation kept = holder.WithoutConversions();
        if (kept is IAwaitOperation awaited)
            kept = awaited.Operation.WithoutConversions();
        return part is not null && kept is not (IFieldReferenceOperation { Field.ContainingType.IsTupleType: true } or IArrayElementReferenceOperation) && Of(kept) is { Node.Part: null } source
            ? source with { Node = source.Node with { Part = part } }
            : null;
    }

    private static object? Constant(IOperation operation) => operation.WithoutConversions().ConstantValue is { HasValue: true, Value: { } value } ? value : null;

    private static int IndexOf(IFieldSymbol element)
    {
        System.Collections.Immutable.ImmutableArray<IFieldSymbol> elements = element.ContainingType.TupleElements;
        for (int i = 0; i < elements.Length; i++)
        {
            if (elements[i].Name == element.Name || elements[i].CorrespondingTupleField?.Name == element.Name)
                return i;
        }

        return -1;
    }
}
