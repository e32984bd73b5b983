using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Secrets.Classification;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Values that are put into a collection: <c>passwords["bob"] = "..."</c>, <c>apiKeys.Add("...")</c>. The collection's name speaks for them.</summary>
internal static class CollectionTargets
{
    /// <summary>Adds the name of the collection where it says credential and the entry's own name does not.</summary>
    public static ValueTarget AddHolder(in ValueTarget target, ISymbol member, CredentialSinkIndex sinks)
    {
        // Of Add(key, value), the value alone is what the collection is named for.
        if (target.Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { Parameters: var parameters } } parameter && parameter.Ordinal != parameters.Length - 1)
            return target;
        if (target.FallbackName is not null || target.IsSink || target.IsComparison || Collection(target.Place) is not { } collection || Says(target.Name))
            return target;
        ValueTarget holder = collection is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
            ? HolderOfInitializer(collection, member, sinks)
            : new ValueTarget(ReferenceName.SymbolOf(collection), ReferenceName.Of(collection), false, false, null, null);
        ValueTarget kept = target with { Symbol = holder.Part is null ? holder.Symbol : null, Part = Part(target.Place), Place = holder.Place ?? target.Place };
        return Says(holder.Name) ? kept with { FallbackName = holder.Name, IsElement = true } : kept;
    }

    /// <summary>Whether a type is one of the framework's collections.</summary>
    public static bool IsCollection(ITypeSymbol? type)
    {
        for (INamespaceSymbol? space = type?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name == "Collections" && space.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true })
                return true;
        }

        return false;
    }

    private static bool Says(string? name) => name is not null && CredentialName.Classify(name.AsSpan()) != CredentialKind.None;

    // The collection that the value becomes a part of: the receiver of Add, or of an indexer that is assigned.
    private static IOperation? Collection(IOperation? place) => place switch
    {
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Push" or "Enqueue" or "Append", Instance: { } instance } when IsCollection(instance.Type) => instance,
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } } when IsCollection(instance.Type) => instance,
        _ => null,
    };

    // map["key"] = "...", map.Add("key", "..."): which element, where the key is constant.
    private static string Part(IOperation? place)
    {
        IOperation? key = place switch
        {
            IInvocationOperation { Arguments: [var first, _] } => first.Value,
            IAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var first] } } => first.Value,
            _ => null,
        };
        return (key?.WithoutConversions().ConstantValue is { HasValue: true, Value: { } constant } ? FlowNode.PartUnder(constant) : null) ?? FlowNode.UnknownPart;
    }

    private static ValueTarget HolderOfInitializer(IOperation receiver, ISymbol member, CredentialSinkIndex sinks)
    {
        for (IOperation? outer = receiver.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IObjectCreationOperation creation)
                return ValueTargetFinder.Find(creation, member, sinks);
        }

        return default;
    }
}
