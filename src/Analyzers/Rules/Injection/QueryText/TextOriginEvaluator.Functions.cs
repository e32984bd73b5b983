using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Lambdas, delegates and what they give back.</summary>
internal sealed partial class TextOriginEvaluator
{
    private void VisitFunction(IAnonymousFunctionOperation function, TextFrame frame, bool embedded, TextPart part)
    {
        foreach (IReturnOperation returned in ReturnsOf(function.Body))
            Visit(returned.ReturnedValue, frame, embedded, part);
    }

    private static IEnumerable<IAnonymousFunctionOperation> FunctionsIn(IOperation value)
    {
        while (value is IConversionOperation or IDelegateCreationOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IDelegateCreationOperation)value).Target;
        if (value is IAnonymousFunctionOperation function)
            yield return function;
    }

    private void VisitDelegateCall(IInvocationOperation invocation, TextFrame frame, bool embedded, TextPart part)
    {
        bool found = false;
        foreach ((IOperation target, TextFrame home) in Results(invocation.Instance, frame))
        {
            IOperation value = target is IDelegateCreationOperation creation ? creation.Target : target;
            switch (value)
            {
                case IAnonymousFunctionOperation function:
                    found = true;
                    TextFrame inner = home;
                    for (int i = 0; i < function.Symbol.Parameters.Length && i < invocation.Arguments.Length; i++)
                        inner = inner.With(function.Symbol.Parameters[i], invocation.Arguments[i].Value, frame);
                    VisitFunction(function, inner, embedded, part);
                    break;
                case IMethodReferenceOperation group when _index.Body(group.Method) is not null:
                    found = true;
                    VisitReturns(group.Method, frame.Call(Bind(group.Method, invocation.Arguments, group.Instance, frame), group.Instance), embedded, part);
                    break;
            }
        }

        if (!found)
            VisitArguments(invocation, frame, embedded);
    }

    /// <summary>Of a callee that is not known, its arguments are.</summary>
    private void VisitArguments(IInvocationOperation invocation, TextFrame frame, bool embedded)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
            Visit(argument.Value, frame, embedded, TextPart.Whole);
    }

    /// <summary>What an expression can evaluate to, through locals, bound parameters, fields, await and calls: tuples, delegates and creations.</summary>
    private IEnumerable<(IOperation Value, TextFrame Frame)> Results(IOperation? value, TextFrame frame, int depth = 0)
    {
        while (value is IConversionOperation or IAwaitOperation or IParenthesizedOperation)
            value = value.ChildOperations.First();
        if (value is null || depth > 8)
            yield break;
        IEnumerable<(IOperation, TextFrame)>? next = value switch
        {
            ILocalReferenceOperation local => ReachingDefinitions.Find(local, AccessPath.TryCreate(local)!, _conditions).Definitions
                .Where(static one => one.Kind == DefinitionKind.Assign && one.TupleIndex < 0).Select(one => (one.Value, frame)),
            IParameterReferenceOperation parameter when frame.TryBind(parameter.Parameter, out (IOperation Operation, TextFrame Frame) bound) => [bound],
            IFieldReferenceOperation field when field.Field.Locations.Any(static location => location.IsInSource) => Stored(field.Field),
            IPropertyReferenceOperation property when IsAutoProperty(property.Property) => Stored(property.Property),
            IConditionalOperation { WhenFalse: { } whenFalse } conditional => [(conditional.WhenTrue, frame), (whenFalse, frame)],
            IInvocationOperation invocation when _index.Body(invocation.TargetMethod) is { } body => ReturnsOf(body)
                .Select(one => (one.ReturnedValue!, frame.Call(Bind(invocation.TargetMethod, invocation.Arguments, invocation.Instance, frame), invocation.Instance))),
            IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" }, Arguments.Length: 1 } wrapped => [(wrapped.Arguments[0].Value, frame)],
            _ => null,
        };
        if (next is null)
        {
            yield return (value, frame);
            yield break;
        }

        bool any = false;
        foreach ((IOperation one, TextFrame home) in next.ToList())
        {
            foreach ((IOperation, TextFrame) result in Results(one, home, depth + 1))
            {
                any = true;
                yield return result;
            }
        }

        if (!any)
            yield return (value, frame);
    }

    private IEnumerable<(IOperation, TextFrame)> Stored(ISymbol member)
    {
        if (_index.Initializer(member) is { } initializer)
            yield return (initializer, TextFrame.Root);
        foreach (IOperation write in _index.WritesOf(member))
        {
            if (write is ISimpleAssignmentOperation assignment)
                yield return (assignment.Value, TextFrame.Root);
        }
    }

    private static ImmutableDictionary<IParameterSymbol, (IOperation, TextFrame)> Bind(
        IMethodSymbol target, ImmutableArray<IArgumentOperation> arguments, IOperation? instance, TextFrame frame, IParameterSymbol? except = null)
    {
        ImmutableDictionary<IParameterSymbol, (IOperation, TextFrame)>.Builder bindings =
            ImmutableDictionary.CreateBuilder<IParameterSymbol, (IOperation, TextFrame)>(SymbolEqualityComparer.Default);
        _ = instance;
        IMethodSymbol definition = target.OriginalDefinition.PartialImplementationPart ?? target.OriginalDefinition;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < definition.Parameters.Length
                && !SymbolEqualityComparer.Default.Equals(definition.Parameters[parameter.Ordinal], except))
            {
                bindings[definition.Parameters[parameter.Ordinal]] = (argument.Value, frame);
            }
        }

        return bindings.ToImmutable();
    }
}
