using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-915: an entity that the framework filled from the request is stored.</summary>
internal static class MassAssignment
{
    /// <summary>The rule. What is stored must be the bound object itself, not a new one with some of its values.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.MassAssignment, SourceKinds.BoundObject, SinkKinds.StoredEntity)
    {
        Review = static flow => IsBoundItself(flow) ? TaintVerdict.Report : TaintVerdict.Drop,
    };

    private static bool IsBoundItself(TaintFlow flow)
    {
        ITypeSymbol? bound = flow.SourceSymbol switch
        {
            IParameterSymbol parameter => parameter.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        ITypeSymbol? stored = flow.SinkValue.WithoutConversions().Type;
        return bound is not null && stored is not null && SymbolEqualityComparer.Default.Equals(Element(bound), Element(stored)) && !BindsSelectedMembers(flow.SourceSymbol!);
    }

    private static ITypeSymbol Element(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } generic when generic.AllInterfaces.Any(static one => one.Name == "IEnumerable") => generic.TypeArguments[0],
        _ => type,
    };

    /// <summary><c>[Bind("Name,Email")]</c> names what a client may set.</summary>
    private static bool BindsSelectedMembers(ISymbol source) =>
        source.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "BindAttribute" && (attribute.ConstructorArguments.Length > 0 || attribute.NamedArguments.Any(static argument => argument.Key == "Include")));
}
