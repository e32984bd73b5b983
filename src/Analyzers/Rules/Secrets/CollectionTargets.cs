using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
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
        string? holder = collection is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
            ? HolderOfInitializer(collection, member, sinks)
            : ReferenceName.Of(collection);
        return Says(holder) ? target with { FallbackName = holder, IsElement = true } : target;
    }

    private static bool Says(string? name) => name is not null && CredentialName.Classify(name.AsSpan()) != CredentialKind.None;

    // The collection that the value becomes a part of: the receiver of Add, or of an indexer that is assigned.
    private static IOperation? Collection(IOperation? place) => place switch
    {
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Push" or "Enqueue" or "Append", Instance: { } instance } when IsCollection(instance.Type) => instance,
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } } when IsCollection(instance.Type) => instance,
        _ => null,
    };

    private static bool IsCollection(ITypeSymbol? type)
    {
        for (INamespaceSymbol? space = type?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name == "Collections" && space.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true })
                return true;
        }

        return false;
    }

    private static string? HolderOfInitializer(IOperation receiver, ISymbol member, CredentialSinkIndex sinks)
    {
        for (IOperation? outer = receiver.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IObjectCreationOperation creation)
                return ValueTargetFinder.Find(creation, member, sinks).Name;
        }

        return null;
    }
}
