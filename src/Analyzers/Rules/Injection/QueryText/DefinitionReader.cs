using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Tells whether a single operation writes a place, or changes the object that the place refers to.</summary>
internal static class DefinitionReader
{
    private static readonly HashSet<string> s_mutators = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "AddBefore", "AddAfter", "Append", "AppendLine", "AppendFormat", "AppendJoin", "AppendLiteral", "AppendFormatted",
        "Insert", "InsertRange", "Push", "PushRange", "Enqueue", "TryAdd", "TryEnqueue", "SetValue", "Set", "SetItem", "Replace", "Write", "WriteLine", "WriteAsync", "WriteLineAsync",
        "GetOrAdd", "AddOrUpdate", "UnionWith", "Fill", "TryPush", "Prepend",
    };

    /// <summary>Reads the definition, if there is one; true when whatever the place held before is gone.</summary>
    public static bool TryRead(IOperation operation, AccessPath place, Action<Definition> add)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when place.Root.Equals(declarator.Symbol, SymbolEqualityComparer.Default):
                IVariableInitializerOperation? initializer = declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer;
                if (initializer is null)
                    return declarator.Parent?.Parent is not IForEachLoopOperation && declarator.Parent is not IForEachLoopOperation;
                return Assign(declarator, initializer.Value, place.Length == 1, add);
            case ISimpleAssignmentOperation assignment:
                return ReadAssignment(assignment, assignment.Target, assignment.Value, DefinitionKind.Assign, place, add);
            case ICompoundAssignmentOperation compound:
                return ReadAssignment(compound, compound.Target, compound.Value, DefinitionKind.Append, place, add);
            case ICoalesceAssignmentOperation coalesce:
                ReadAssignment(coalesce, coalesce.Target, coalesce.Value, DefinitionKind.Assign, place, add);
                return false;
            case IDeconstructionAssignmentOperation deconstruction:
                return ReadDeconstruction(deconstruction, place, add);
            case IDeclarationPatternOperation { DeclaredSymbol: not null } pattern when place.Root.Equals(pattern.DeclaredSymbol, SymbolEqualityComparer.Default):
                return ReadPattern(pattern, add);
            case IRecursivePatternOperation { DeclaredSymbol: not null } pattern when place.Root.Equals(pattern.DeclaredSymbol, SymbolEqualityComparer.Default):
                return ReadPattern(pattern, add);
            case IListPatternOperation { DeclaredSymbol: not null } pattern when place.Root.Equals(pattern.DeclaredSymbol, SymbolEqualityComparer.Default):
                return ReadPattern(pattern, add);
            case IInvocationOperation invocation:
                return ReadInvocation(invocation, place, add);
            case IObjectCreationOperation creation:
                return ReadArguments(creation, creation.Arguments, place, add);
            default:
                return false;
        }
    }

    private static bool Assign(IOperation operation, IOperation value, bool whole, Action<Definition> add)
    {
        add(new Definition(whole ? DefinitionKind.Assign : DefinitionKind.Owner, operation, value));
        return true;
    }

    private static bool ReadAssignment(IOperation operation, IOperation target, IOperation value, DefinitionKind kind, AccessPath place, Action<Definition> add)
    {
        switch (target)
        {
            case IArrayElementReferenceOperation element when place.Equals(AccessPath.TryCreate(element.ArrayReference)):
                add(new Definition(DefinitionKind.Mutate, operation, value, element.Indices.Length == 1 ? element.Indices[0] : null));
                return false;
            case IPropertyReferenceOperation { Arguments.Length: > 0 } indexer when place.Equals(AccessPath.TryCreate(indexer.Instance)):
                add(new Definition(DefinitionKind.Mutate, operation, value, indexer.Arguments.Length == 1 ? indexer.Arguments[0].Value : null));
                return false;
            case IPropertyReferenceOperation { Property.Name: "Length" } length when value.ConstantValue is { HasValue: true, Value: 0 } && place.Equals(AccessPath.TryCreate(length.Instance)):
                return true;
        }

        if (AccessPath.TryCreate(target) is not { } written || !written.IsPrefixOf(place))
            return false;
        if (written.Length == place.Length)
        {
            add(new Definition(kind, operation, value));
            return true;
        }

        return Assign(operation, value, whole: false, add);
    }

    private static bool ReadDeconstruction(IDeconstructionAssignmentOperation deconstruction, AccessPath place, Action<Definition> add)
    {
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : deconstruction.Target;
        if (target is not ITupleOperation tuple)
            return false;
        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            if (!place.Equals(AccessPath.TryCreate(tuple.Elements[i])))
                continue;
            IOperation value = deconstruction.Value is IConversionOperation { Operand: ITupleOperation inner } ? inner : deconstruction.Value;
            if (value is ITupleOperation values && i < values.Elements.Length)
                add(new Definition(DefinitionKind.Assign, deconstruction, values.Elements[i]));
            else
                add(new Definition(DefinitionKind.Assign, deconstruction, value, TupleIndex: i));
            return true;
        }

        return false;
    }

    private static bool ReadPattern(IPatternOperation pattern, Action<Definition> add)
    {
        for (IOperation? current = pattern.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IIsPatternOperation matched:
                    add(new Definition(DefinitionKind.Assign, pattern, matched.Value));
                    return true;
                case ISwitchOperation switched:
                    add(new Definition(DefinitionKind.Assign, pattern, switched.Value));
                    return true;
                case ISwitchExpressionOperation switched:
                    add(new Definition(DefinitionKind.Assign, pattern, switched.Value));
                    return true;
                case IPropertySubpatternOperation subpattern:
                    add(new Definition(DefinitionKind.Assign, pattern, subpattern.Member));
                    return true;
            }
        }

        return false;
    }

    private static bool ReadInvocation(IInvocationOperation invocation, AccessPath place, Action<Definition> add)
    {
        IOperation? receiver = invocation.Instance;
        ImmutableArray<IArgumentOperation> arguments = invocation.Arguments;
        if (receiver is not null && Owner(receiver) is { } owner && place.Equals(owner))
        {
            if (invocation.TargetMethod.Name == "Clear" && arguments.IsEmpty && invocation.Parent is IExpressionStatementOperation)
                return true;
            if (s_mutators.Contains(invocation.TargetMethod.Name) && receiver.Type?.SpecialType != SpecialType.System_String)
            {
                IOperation? key = arguments.Length == 2 && invocation.TargetMethod.Name is "Add" or "TryAdd" or "SetValue" ? KeyOf(invocation) : null;
                foreach (IArgumentOperation argument in arguments)
                {
                    if (argument.Value != key)
                        add(new Definition(DefinitionKind.Mutate, invocation, argument.Value, key));
                }

                if (key is not null)
                    add(new Definition(DefinitionKind.Mutate, invocation, key, key));
                return false;
            }
        }

        return ReadArguments(invocation, arguments, place, add);
    }

    private static IOperation? KeyOf(IInvocationOperation invocation) =>
        invocation.Arguments.Length == 2 ? invocation.Arguments[invocation.TargetMethod.Name == "SetValue" ? 1 : 0].Value : null;

    private static bool ReadArguments(IOperation call, ImmutableArray<IArgumentOperation> arguments, AccessPath place, Action<Definition> add)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { } parameter || AccessPath.TryCreate(argument.Value) is not { } passed || !passed.Equals(place))
                continue;
            if (parameter.RefKind is RefKind.Out or RefKind.Ref)
            {
                add(new Definition(DefinitionKind.Call, call, argument));
                return parameter.RefKind == RefKind.Out;
            }

            if (parameter.Type.IsReferenceType && parameter.Type.SpecialType is not (SpecialType.System_String or SpecialType.System_Object))
                add(new Definition(DefinitionKind.Call, call, argument));
        }

        return false;
    }

    /// <summary>The path of the object that a fluent chain such as <c>builder.Append(a).Append(b)</c> works on.</summary>
    private static AccessPath? Owner(IOperation receiver)
    {
        while (receiver is IInvocationOperation { Instance: not null } chained && SymbolEqualityComparer.Default.Equals(chained.Type, chained.Instance.Type))
            receiver = chained.Instance;
        return AccessPath.TryCreate(receiver);
    }
}
