using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>
/// Generic library members, read off their signatures: <c>Select&lt;TSource, TResult&gt;</c> hands elements of its source to the selector and
/// returns what the selector returned, because nothing else has these types.
/// </content>
internal sealed partial class BodyInterpreter
{
    /// <summary>Where an object of a generic type keeps what is of a type parameter; null when the type is not just a type parameter.</summary>
    private Step? GenericContentStep(ITypeSymbol? type, INamedTypeSymbol? container)
    {
        if (type is not ITypeParameterSymbol { DeclaringMethod: null } parameter || container is null)
            return null;
        return ContentStep(container, parameter.Ordinal);
    }

    private Step ContentStep(INamedTypeSymbol container, int ordinal) => container.Arity switch
    {
        1 => Step.Element,
        2 when container.Name is not ("Tuple" or "ValueTuple") => ordinal == 0 ? Step.Keys : Step.Element,
        _ => _places.Item(ordinal),
    };

    private AbstractValue? CallGeneric(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations, Fact[] inputs)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!definition.IsGenericMethod && definition.ContainingType is not { IsGenericType: true })
            return null;
        Dictionary<ITypeParameterSymbol, AbstractValue> known = Bindings(definition, receiver, arguments);
        CallTypedDelegates(operation, definition, arguments, inputs, known);
        if (receiver is not null)
            StoreTypedArguments(operation, definition, receiver, arguments);
        for (int i = 0; i < arguments.Length && i < definition.Parameters.Length; i++)
        {
            if (definition.Parameters[i].RefKind is RefKind.Out or RefKind.Ref && definition.Parameters[i].Type is ITypeParameterSymbol parameter
                && known.TryGetValue(parameter, out AbstractValue? value) && operations[i] is { } target)
                Assign(target, value, operation);
        }

        if (definition.ReturnsVoid)
            return AbstractValue.Clean;
        return Produce(operation, definition.ReturnType, method.ReturnType, known);
    }

    private void CallGenericConstructor(IOperation creation, IMethodSymbol constructor, AbstractValue result, AbstractValue[] arguments, ref Fact[] facts)
    {
        IMethodSymbol definition = constructor.OriginalDefinition;
        if (!definition.ContainingType.IsGenericType)
            return;
        Dictionary<ITypeParameterSymbol, AbstractValue> known = Bindings(definition, null, arguments);
        CallTypedDelegates(creation, definition, arguments, facts, known);
        bool any = false;
        foreach (ITypeParameterSymbol parameter in definition.ContainingType.TypeParameters)
        {
            if (!known.TryGetValue(parameter, out AbstractValue? value) || value.IsPlain)
                continue;
            Step step = ContentStep(definition.ContainingType, parameter.Ordinal);
            Write(result, step, value, isStrong: !ReferenceEquals(step, Step.Element));
            any = true;
        }

        if (any)
            facts = FactSet.Empty;
    }

    private Dictionary<ITypeParameterSymbol, AbstractValue> Bindings(IMethodSymbol definition, AbstractValue? receiver, AbstractValue[] arguments)
    {
        var known = new Dictionary<ITypeParameterSymbol, AbstractValue>(SymbolEqualityComparer.Default);
        if (receiver is not null && definition.ContainingType is { IsGenericType: true } container)
        {
            foreach (ITypeParameterSymbol parameter in container.TypeParameters)
                known[parameter] = ValueTypes.IsTransparent(container) ? receiver : Read(receiver, ContentStep(container, parameter.Ordinal), null);
        }

        for (int i = 0; i < arguments.Length && i < definition.Parameters.Length; i++)
        {
            IParameterSymbol parameter = definition.Parameters[i];
            if (parameter.Type.TypeKind != TypeKind.Delegate && parameter.RefKind != RefKind.Out)
                Bind(parameter.Type, arguments[i], known, 0);
        }

        return known;
    }

    private void Bind(ITypeSymbol type, AbstractValue value, Dictionary<ITypeParameterSymbol, AbstractValue> known, int depth)
    {
        switch (type)
        {
            case ITypeParameterSymbol parameter:
                known[parameter] = known.TryGetValue(parameter, out AbstractValue? other) ? AbstractValue.Join(other, value) : value;
                break;
            case IArrayTypeSymbol array:
                Bind(array.ElementType, Read(value, Step.Element, null), known, depth + 1);
                break;
            case INamedTypeSymbol { IsGenericType: true } named when depth < 4:
                if (ValueTypes.IsTransparent(named))
                {
                    Bind(named.TypeArguments[0], value, known, depth + 1);
                    break;
                }

                if (named.Name == "Expression" && named.TypeArguments[0].TypeKind == TypeKind.Delegate)
                    break;
                for (int i = 0; i < named.TypeArguments.Length; i++)
                {
                    AbstractValue part = named.TypeArguments[i] is INamedTypeSymbol { Name: "KeyValuePair" } pair
                        ? Enumerated(value, pair)
                        : ElementOf(value, named, i);
                    Bind(named.TypeArguments[i], part, known, depth + 1);
                }

                break;
        }
    }

    /// <summary>An element; of what the library made as a dictionary the pairs are the dictionary itself.</summary>
    private AbstractValue ElementOf(AbstractValue value, INamedTypeSymbol container, int ordinal)
    {
        Step step = ContentStep(container.OriginalDefinition, ordinal);
        if (!ReferenceEquals(step, Step.Element) || container.Arity != 1)
            return Read(value, step, null);
        foreach (HeapObject instance in value.Objects)
        {
            if (instance.Cells.ContainsKey(Step.Keys) && instance.Place is null)
                return value;
        }

        return Read(value, Step.Element, null);
    }

    private void CallTypedDelegates(IOperation operation, IMethodSymbol definition, AbstractValue[] arguments, Fact[] inputs, Dictionary<ITypeParameterSymbol, AbstractValue> known)
    {
        for (int i = 0; i < arguments.Length && i < definition.Parameters.Length; i++)
        {
            ITypeSymbol type = definition.Parameters[i].Type;
            if (type is INamedTypeSymbol { Name: "Expression", TypeArguments: [{ TypeKind: TypeKind.Delegate } inner] })
                type = inner;
            if (type is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke } || (arguments[i].Targets.Length == 0 && !HasDelegateInput(arguments[i], type)))
                continue;
            var values = new AbstractValue[invoke.Parameters.Length];
            for (int k = 0; k < values.Length; k++)
                values[k] = Produce(operation, invoke.Parameters[k].Type, null, known) ?? AbstractValue.Of(MentionsTypeParameter(invoke.Parameters[k].Type) ? FactSet.Empty : inputs);
            NoteEscaped(arguments[i]);
            AbstractValue result = InvokeDelegate(operation, arguments[i], values, null, invoke.ReturnsVoid ? invoke.ReturnType : Compilation.ObjectType);
            if (!invoke.ReturnsVoid)
                Bind(invoke.ReturnType, result, known, 0);
        }
    }

    private static bool MentionsTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => MentionsTypeParameter(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } named => AnyMentions(named),
        _ => false,
    };

    private static bool AnyMentions(INamedTypeSymbol named)
    {
        foreach (ITypeSymbol argument in named.TypeArguments)
        {
            if (MentionsTypeParameter(argument))
                return true;
        }

        return false;
    }

    private void StoreTypedArguments(IOperation operation, IMethodSymbol definition, AbstractValue receiver, AbstractValue[] arguments)
    {
        if (!StoresArguments(definition.Name) || ValueTypes.IsTransparent(definition.ContainingType))
            return;
        for (int i = 0; i < arguments.Length && i < definition.Parameters.Length; i++)
        {
            if (definition.Parameters[i].RefKind == RefKind.Out || arguments[i].IsPlain)
                continue;
            AbstractValue value = arguments[i];
            ITypeSymbol type = definition.Parameters[i].Type;
            if (type is INamedTypeSymbol { IsGenericType: true, TypeArguments: [ITypeParameterSymbol { DeclaringMethod: null } element] } && type.TypeKind != TypeKind.Delegate)
            {
                value = Read(value, Step.Element, null);
                type = element;
            }

            if (GenericContentStep(type, definition.ContainingType) is { } step)
                Write(receiver, step, Stored(value, operation, definition), isStrong: false);
        }
    }

    /// <summary>Whether a library method of this name may keep what it gets in its receiver.</summary>
    internal static bool MayStore(string name) => StoresArguments(name) || name is "Set" or "CopyTo";

    private static bool StoresArguments(string name) =>
        IsMutator(name) || name.StartsWith("TryUpdate", StringComparison.Ordinal) || name.StartsWith("GetOrAdd", StringComparison.Ordinal) || name.StartsWith("Post", StringComparison.Ordinal)
        || name.StartsWith("Send", StringComparison.Ordinal) || name.StartsWith("TrySet", StringComparison.Ordinal) || name.StartsWith("Exchange", StringComparison.Ordinal)
        || name.StartsWith("With", StringComparison.Ordinal) || name is "OnNext" or "Report" or "Update" or "Attach";

    /// <summary>A value of a type that is made of type parameters with known values; null when it is not.</summary>
    private AbstractValue? Produce(IOperation operation, ITypeSymbol definition, ITypeSymbol? actual, Dictionary<ITypeParameterSymbol, AbstractValue> known)
    {
        switch (definition)
        {
            case ITypeParameterSymbol parameter:
                return known.TryGetValue(parameter, out AbstractValue? value)
                    ? ValueTypes.IsNumber(actual) ? value.WithFacts(FactSet.AddFlags(value.Facts, FactFlags.ThroughNumber)) : value.WithGuard(null)
                    : null;
            case IArrayTypeSymbol array:
                return Produce(operation, array.ElementType, null, known) is { } element ? Collect(operation, definition, Step.Element, element) : null;
            case INamedTypeSymbol { IsGenericType: true } named when ValueTypes.IsTransparent(named):
                return Produce(operation, named.TypeArguments[0], null, known);
            case INamedTypeSymbol { IsGenericType: true, TypeArguments: [INamedTypeSymbol { Name: "KeyValuePair" } pair] }:
                return Produce(operation, pair, null, known);
            case INamedTypeSymbol { IsGenericType: true } named when named.TypeKind != TypeKind.Delegate:
                AbstractValue? result = null;
                for (int i = 0; i < named.TypeArguments.Length; i++)
                {
                    if (Produce(operation, named.TypeArguments[i], null, known) is not { } part)
                        continue;
                    Step step = ContentStep(named.OriginalDefinition, i);
                    result ??= AbstractValue.Of(Allocate(operation.Syntax, definition, null, isFresh: false));
                    Write(result, step, part, isStrong: !ReferenceEquals(step, Step.Element));
                }

                return result;
            default:
                return null;
        }
    }

    private AbstractValue Collect(IOperation operation, object discriminator, Step step, AbstractValue content)
    {
        AbstractValue result = AbstractValue.Of(Allocate(operation.Syntax, discriminator, null, isFresh: false));
        Write(result, step, content, isStrong: false);
        return result;
    }
}
