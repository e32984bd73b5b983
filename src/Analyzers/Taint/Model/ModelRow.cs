using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>What all rows of the library model share: the member they speak about.</summary>
internal abstract class ModelRow
{
    private protected ModelRow(string typeName, string memberName, bool includeImplementations)
    {
        TypeName = typeName;
        MemberName = memberName;
        IncludeImplementations = includeImplementations;
    }

    /// <summary>The member name of constructors.</summary>
    public const string Constructor = ".ctor";

    /// <summary>The member name that stands for every member of the type.</summary>
    public const string AnyMember = "*";

    /// <summary>The member name of indexers.</summary>
    public const string Indexer = "this[]";

    /// <summary>The metadata name of the type, for example <c>System.Collections.Generic.List`1</c> or <c>Outer+Nested</c>.</summary>
    public string TypeName { get; }

    /// <summary>The member's name, or <see cref="Constructor"/>, <see cref="Indexer"/> or <see cref="AnyMember"/>.</summary>
    public string MemberName { get; }

    /// <summary>Whether overrides, interface implementations and derived types' members count as the member.</summary>
    public bool IncludeImplementations { get; }

    /// <summary>Limits the row to some overloads; asked once per symbol. Null takes all.</summary>
    public Func<ISymbol, bool>? Filter { get; init; }

    /// <summary>The members that the row names, in the row's own type; empty when the compilation does not know type or member.</summary>
    public ImmutableArray<ISymbol> Resolve(KnownTypes types)
    {
        INamedTypeSymbol? type = types.Find(TypeName);
        if (type is null)
            return ImmutableArray<ISymbol>.Empty;
        ImmutableArray<ISymbol> members = MemberName switch
        {
            Constructor => ImmutableArray<ISymbol>.CastUp(type.InstanceConstructors),
            AnyMember => type.GetMembers(),
            Indexer => type.GetMembers().RemoveAll(static member => member is not IPropertySymbol { IsIndexer: true }),
            _ => type.GetMembers(MemberName),
        };
        return Filter is null && ParameterNameOfRow is null
            ? members
            : members.RemoveAll(member => Filter?.Invoke(member) == false || !HasParameter(member, ParameterNameOfRow));
    }

    /// <summary>Whether the row speaks about something that exists. A row on constructors of derived types only needs its type.</summary>
    public bool IsKnown(KnownTypes types) =>
        MemberName == Constructor && IncludeImplementations ? types.Find(TypeName) is not null : !Resolve(types).IsEmpty;

    /// <summary>The parameter that an overload must have for the row to speak about it.</summary>
    private protected virtual string? ParameterNameOfRow => null;

    private static bool HasParameter(ISymbol member, string? name)
    {
        ImmutableArray<IParameterSymbol> parameters = member switch
        {
            IMethodSymbol method => method.Parameters,
            IPropertySymbol property => property.Parameters,
            _ => ImmutableArray<IParameterSymbol>.Empty,
        };
        if (name is null)
            return true;
        foreach (IParameterSymbol parameter in parameters)
        {
            if (parameter.Name == name)
                return true;
        }

        return false;
    }
}
