using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>Finds the expressions that become SQL text in calls, creations and assignments, by the rows of the library model.</summary>
internal sealed class SqlTextSinks
{
    private readonly Dictionary<string, List<(Sink Row, INamedTypeSymbol Type)>> _byMember;

    private SqlTextSinks(Dictionary<string, List<(Sink, INamedTypeSymbol)>> byMember) => _byMember = byMember;

    /// <summary>The sinks that a compilation can name, or null when it can name none.</summary>
    public static SqlTextSinks? Create(Compilation compilation)
    {
        KnownTypes types = KnownTypes.For(compilation);
        var byMember = new Dictionary<string, List<(Sink, INamedTypeSymbol)>>(StringComparer.Ordinal);
        foreach (Sink row in TaintLibrary.BuiltIn.Sinks)
        {
            if ((row.Kinds & SinkKinds.Sql) == 0 || types.Find(row.TypeName) is not { } type)
                continue;
            if (!byMember.TryGetValue(row.MemberName, out List<(Sink, INamedTypeSymbol)>? rows))
                byMember.Add(row.MemberName, rows = []);
            rows.Add((row, type));
        }

        return byMember.Count == 0 ? null : new SqlTextSinks(byMember);
    }

    /// <summary>The expressions in an operation that become SQL text, with the member that takes them.</summary>
    public IEnumerable<(IOperation Text, ISymbol Member)> TextsIn(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                return Arguments(invocation.TargetMethod, invocation.TargetMethod.Name, invocation.Arguments);
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                return Arguments(constructor, ModelRow.Constructor, creation.Arguments);
            case IAssignmentOperation { Target: IPropertyReferenceOperation property } assignment when assignment is ISimpleAssignmentOperation or ICompoundAssignmentOperation or ICoalesceAssignmentOperation:
                return Assigned(property.Property, assignment.Value);
            default:
                return [];
        }
    }

    private IEnumerable<(IOperation, ISymbol)> Assigned(IPropertySymbol property, IOperation value)
    {
        if (!_byMember.TryGetValue(property.Name, out List<(Sink Row, INamedTypeSymbol Type)>? rows))
            yield break;
        foreach ((Sink row, INamedTypeSymbol type) in rows)
        {
            if (row.Place == SinkPlace.AssignedValue && IsOn(property, row, type))
            {
                yield return (value, property);
                yield break;
            }
        }
    }

    private IEnumerable<(IOperation, ISymbol)> Arguments(IMethodSymbol method, string name, ImmutableArray<IArgumentOperation> arguments)
    {
        if (arguments.IsEmpty)
            yield break;
        bool isNamed = _byMember.TryGetValue(name, out List<(Sink Row, INamedTypeSymbol Type)>? rows);
        if (!isNamed && !_byMember.TryGetValue(ModelRow.AnyMember, out rows))
            yield break;
        IMethodSymbol definition = method.ReducedFrom ?? method;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { } parameter || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;
            foreach ((Sink row, INamedTypeSymbol type) in rows!)
            {
                if (row.Place == SinkPlace.Parameter && (row.ParameterName is null || row.ParameterName == parameter.Name)
                    && IsOn(definition, row, type) && row.Filter?.Invoke(definition.OriginalDefinition) != false)
                {
                    yield return (argument.Value, method);
                    break;
                }
            }
        }
    }

    private static bool IsOn(ISymbol member, Sink row, INamedTypeSymbol type) =>
        member.ContainingType.IsSameDefinition(type) || (row.IncludeImplementations && member.ContainingType.IsOrInherits(type));
}
