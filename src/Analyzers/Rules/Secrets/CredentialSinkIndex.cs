using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;
using SecurityToolchain.Analyzers.Taint.Sinks;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>The rows of <see cref="CredentialSinks"/> whose types the compilation knows, by member name.</summary>
internal sealed class CredentialSinkIndex
{
    private readonly Dictionary<string, List<(Sink Row, INamedTypeSymbol Type)>> _byMember = new(StringComparer.Ordinal);
    private readonly List<(Sink Row, INamedTypeSymbol Type)> _anyMember = [];

    /// <summary>Resolves the rows once.</summary>
    public CredentialSinkIndex(Compilation compilation)
    {
        KnownTypes types = KnownTypes.For(compilation);
        foreach (Sink row in CredentialSinks.All)
        {
            if (types.Find(row.TypeName) is not { } type)
                continue;
            if (row.MemberName == ModelRow.AnyMember)
            {
                _anyMember.Add((row, type));
                continue;
            }

            if (!_byMember.TryGetValue(row.MemberName, out List<(Sink, INamedTypeSymbol)>? rows))
                _byMember.Add(row.MemberName, rows = []);
            rows.Add((row, type));
        }
    }

    /// <summary>Whether the parameter takes a credential.</summary>
    public bool IsSink(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method)
            return false;
        return Matches(method.ContainingType, method.MethodKind == MethodKind.Constructor ? ModelRow.Constructor : method.Name, SinkPlace.Parameter, parameter.Name)
            || KeyParameter.IsMatch(parameter, method);
    }

    /// <summary>Whether what is assigned to the property is a credential.</summary>
    public bool IsSink(IPropertySymbol property) => Matches(property.ContainingType, property.Name, SinkPlace.AssignedValue, null);

    private bool Matches(INamedTypeSymbol? type, string member, SinkPlace place, string? parameter)
    {
        if (type is null)
            return false;
        if (_byMember.TryGetValue(member, out List<(Sink Row, INamedTypeSymbol Type)>? rows) && Any(rows, type, place, parameter))
            return true;
        return parameter is not null && Any(_anyMember, type, place, parameter);
    }

    private static bool Any(List<(Sink Row, INamedTypeSymbol Type)> rows, INamedTypeSymbol type, SinkPlace place, string? parameter)
    {
        foreach ((Sink row, INamedTypeSymbol rowType) in rows)
        {
            if (row.Place == place && row.ParameterName == parameter
                && (type.OriginalDefinition.IsSameDefinition(rowType) || (row.IncludeImplementations && type.IsOrInherits(rowType))))
                return true;
        }

        return false;
    }
}
