using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>The same member, or the same parameter of it, in base classes and interfaces.</summary>
internal static class MemberDeclarations
{
    /// <summary>The declarations that a member or parameter overrides or implements.</summary>
    public static IEnumerable<ISymbol> Of(ISymbol symbol)
    {
        ISymbol? member = symbol is IParameterSymbol { ContainingSymbol: { } container } ? container : symbol;
        if (member is not (IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } or IPropertySymbol) || member.IsStatic)
            yield break;
        ISymbol? overridden = member switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        if (overridden is not null && Same(symbol, overridden.OriginalDefinition) is { } basePlace)
            yield return basePlace;
        foreach (INamedTypeSymbol type in member.ContainingType.AllInterfaces)
        {
            foreach (ISymbol declared in type.GetMembers())
            {
                if (declared.Kind == member.Kind && member.Name.EndsWith(declared.Name, StringComparison.Ordinal) && SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(declared), member)
                    && Same(symbol, declared.OriginalDefinition) is { } place)
                    yield return place;
            }
        }
    }

    private static ISymbol? Same(ISymbol symbol, ISymbol member) =>
        symbol is not IParameterSymbol parameter ? member
        : member is IMethodSymbol method && parameter.Ordinal < method.Parameters.Length ? method.Parameters[parameter.Ordinal]
        : null;
}
