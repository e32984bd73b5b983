using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Flow;

/// <summary>Which locals and parameters of a body are written, and what is written to them.</summary>
internal sealed class BodyLocals
{
    private readonly Dictionary<ISymbol, List<IOperation?>> _writes = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<SyntaxNode, IOperation> _values = [];
    private readonly Dictionary<ISymbol, IOperation> _collections = new(SymbolEqualityComparer.Default);

    private BodyLocals()
    {
    }

    /// <summary>Reads every write in the bodies, those in lambdas and local functions included.</summary>
    public static BodyLocals Read(ImmutableArray<IOperation> bodies)
    {
        var locals = new BodyLocals();
        foreach (IOperation body in bodies)
        {
            foreach (IOperation operation in body.DescendantsAndSelf())
                locals.Read(operation);
        }

        return locals;
    }

    /// <summary>The one value that a local ever gets.</summary>
    public bool TryInitializer(ILocalSymbol local, [NotNullWhen(true)] out IOperation? initializer)
    {
        initializer = _writes.TryGetValue(local, out List<IOperation?>? writes) && writes.Count == 1 ? writes[0] : null;
        return initializer is not null;
    }

    /// <summary>The collection that a loop variable runs through.</summary>
    public bool TryCollection(ILocalSymbol local, [NotNullWhen(true)] out IOperation? collection) => _collections.TryGetValue(local, out collection);

    /// <summary>A conditional, a creation or a call as it was written; the flow graph has taken them apart.</summary>
    public IOperation AsWritten(IOperation operation) =>
        operation is IFlowCaptureReferenceOperation or IInvocationOperation && _values.TryGetValue(operation.Syntax, out IOperation? written) ? written : operation;

    /// <summary>The arguments of a call or creation as they were written.</summary>
    public ImmutableArray<IArgumentOperation> ArgumentsAsWritten(SyntaxNode call) => _values.TryGetValue(call, out IOperation? written)
        ? written switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => [],
        }
        : [];

    /// <summary>The values that a local gets, constants left out; a null stands for a value that is not an expression.</summary>
    public IEnumerable<IOperation?> Values(ILocalSymbol local)
    {
        if (!_writes.TryGetValue(local, out List<IOperation?>? writes))
            yield break;
        foreach (IOperation? write in writes)
        {
            if (write is not { ConstantValue.HasValue: true })
                yield return write;
        }
    }

    /// <summary>Whether every local and parameter in the expression keeps its value through the whole body.</summary>
    public bool IsStable(IOperation expression)
    {
        foreach (IOperation operation in expression.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ILocalReferenceOperation local when !_writes.TryGetValue(local.Local, out List<IOperation?>? writes) || writes.Count != 1 || writes[0] is null:
                    return false;
                case IParameterReferenceOperation parameter when _writes.ContainsKey(parameter.Parameter):
                    return false;
            }
        }

        return true;
    }

    private void Read(IOperation operation)
    {
        if (operation is IConditionalOperation or IObjectCreationOperation or IInvocationOperation)
            _values[operation.Syntax] = operation;
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                Add(declarator.Symbol, initializer.Value);
                break;
            case ISimpleAssignmentOperation assignment:
                AddTarget(assignment.Target, assignment.Value);
                break;
            case IAssignmentOperation assignment:
                AddTarget(assignment.Target, null);
                break;
            case IIncrementOrDecrementOperation increment:
                AddTarget(increment.Target, null);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                AddTarget(argument.Value, null);
                break;
            case IForEachLoopOperation loop:
                foreach (ILocalSymbol local in loop.Locals)
                {
                    Add(local, null);
                    _collections[local] = loop.Collection;
                }

                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } symbol }:
                Add(symbol, null);
                break;
        }
    }

    private void AddTarget(IOperation target, IOperation? value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Add(local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                Add(parameter.Parameter, value);
                break;
            case IDeclarationExpressionOperation declaration:
                AddTarget(declaration.Expression, null);
                break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                    AddTarget(element, null);
                break;
        }
    }

    private void Add(ISymbol symbol, IOperation? value)
    {
        if (!_writes.TryGetValue(symbol, out List<IOperation?>? writes))
            _writes.Add(symbol, writes = []);
        writes.Add(value);
    }
}
