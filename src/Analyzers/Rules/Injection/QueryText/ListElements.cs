using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Finds the element of a local list that was filled statement by statement, in one block and in nothing else.</summary>
internal static class ListElements
{
    /// <summary>The element at an index, or null when the order is not plain.</summary>
    public static IOperation? At(ILocalReferenceOperation list, int index, ConstantConditions conditions)
    {
        if (list.Type?.Name != "List" || index < 0)
            return null;
        IReadOnlyList<Definition> definitions = ReachingDefinitions.Find(list, AccessPath.TryCreate(list)!, conditions).Definitions;
        if (definitions.Count == 0 || definitions[definitions.Count - 1] is not { Kind: DefinitionKind.Assign, Value: IObjectCreationOperation { Arguments.IsEmpty: true } creation } made)
            return null;
        IOperation? block = Block(made.Operation);
        var elements = new List<IOperation>();
        foreach (IOperation entry in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (entry is not IInvocationOperation { Arguments: [var item] })
                return null;
            elements.Add(item.Value);
        }

        foreach (Definition added in definitions.Take(definitions.Count - 1).Reverse())
        {
            if (added.Kind != DefinitionKind.Mutate || added.Operation is not IInvocationOperation { TargetMethod.Name: "Add", Parent: IExpressionStatementOperation statement } || statement.Parent != block)
                return null;
            elements.Add(added.Value);
        }

        return index < elements.Count ? elements[index] : null;
    }

    private static IOperation? Block(IOperation operation)
    {
        IOperation? current = operation;
        while (current is not null and not IBlockOperation)
            current = current.Parent;
        return current;
    }
}
