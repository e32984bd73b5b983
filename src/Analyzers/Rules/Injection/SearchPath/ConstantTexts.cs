using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.SearchPath;

/// <summary>The constant texts that an expression may have: through variables, fields, properties, parameters of callers and methods that return them.</summary>
internal sealed class ConstantTexts
{
    private const int MostSteps = 8;
    private const int MostTexts = 8;

    private readonly SourceIndex _index;
    private readonly ConstantConditions _conditions;
    private readonly HashSet<string> _found = [];
    private readonly HashSet<IOperation> _visited = [];

    private ConstantTexts(SourceIndex index)
    {
        _index = index;
        _conditions = new ConstantConditions(index);
    }

    /// <summary>The texts; those that no constant tells are left out.</summary>
    public static IReadOnlyCollection<string> Of(IOperation? expression, Compilation compilation)
    {
        if (expression is null)
            return [];
        if (expression.ConstantValue is { HasValue: true, Value: string constant })
            return [constant];
        var texts = new ConstantTexts(SourceIndex.For(compilation));
        texts.Visit(expression, 0);
        return texts._found;
    }

    private void Visit(IOperation? operation, int steps)
    {
        if (operation is null || steps > MostSteps || _found.Count >= MostTexts)
            return;
        operation = operation.WithoutConversions();
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            if (constant.Value is string text)
                _found.Add(text);
            return;
        }

        if (!_visited.Add(operation))
            return;
        switch (operation)
        {
            case IConditionalOperation conditional:
                bool? taken = _conditions.Decide(conditional.Condition);
                if (taken != false)
                    Visit(conditional.WhenTrue, steps + 1);
                if (taken != true)
                    Visit(conditional.WhenFalse, steps + 1);
                break;
            case ICoalesceOperation coalesce:
                Visit(coalesce.Value, steps + 1);
                Visit(coalesce.WhenNull, steps + 1);
                break;
            case ISwitchExpressionOperation choice:
                foreach (ISwitchExpressionArmOperation arm in choice.Arms)
                    Visit(arm.Value, steps + 1);
                break;
            case ILocalReferenceOperation local:
                VisitLocal(local, steps + 1);
                break;
            case IFieldReferenceOperation { Field: var field } when field.IsInSource():
                VisitMember(field, steps + 1);
                break;
            case IPropertyReferenceOperation { Property: { IsIndexer: false } property } when property.IsInSource():
                VisitProperty(property, steps + 1);
                break;
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter }:
                VisitArguments(method, parameter.Ordinal, steps + 1);
                break;
            case IInvocationOperation { TargetMethod: var called } when called.IsInSource():
                VisitReturned(called, steps + 1);
                break;
            case IAwaitOperation awaited:
                Visit(awaited.Operation, steps + 1);
                break;
        }
    }

    private void VisitLocal(ILocalReferenceOperation reference, int steps)
    {
        if (_index.Surrounding(reference) is not { } body)
            return;
        var writes = new List<IOperation>();
        foreach (IOperation operation in body.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local):
                    writes.Add(value);
                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when SymbolEqualityComparer.Default.Equals(target.Local, reference.Local):
                    if (!_conditions.IsDead(assignment))
                        writes.Add(assignment.Value);
                    break;
            }
        }

        // The last assignment in the block that uses the variable replaces the ones before.
        IOperation? last = null;
        foreach (IOperation write in writes)
        {
            if (write.Syntax.SpanStart < reference.Syntax.SpanStart && IsOnEveryWay(write, reference))
                last = write;
        }

        foreach (IOperation write in writes)
        {
            if (last is null || write.Syntax.SpanStart >= last.Syntax.SpanStart)
                Visit(write, steps);
        }
    }

    private static bool IsOnEveryWay(IOperation write, IOperation use)
    {
        IOperation? block = write.Parent;
        while (block is not null and not (IBlockOperation or IMethodBodyOperation or ISwitchCaseOperation or IConditionalOperation or ILoopOperation))
            block = block.Parent;
        return block is IBlockOperation or IMethodBodyOperation && block.Syntax.Span.Contains(use.Syntax.Span) && block.Syntax.SyntaxTree == use.Syntax.SyntaxTree;
    }

    private void VisitMember(ISymbol member, int steps)
    {
        Visit(_index.Initializer(member), steps);
        foreach (IOperation write in _index.WritesOf(member))
        {
            if (write is ISimpleAssignmentOperation assignment && !_conditions.IsDead(assignment))
                Visit(assignment.Value, steps);
        }
    }

    private void VisitProperty(IPropertySymbol property, int steps)
    {
        VisitMember(property, steps);
        if (property.GetMethod is { } getter)
            VisitReturned(getter, steps);
    }

    private void VisitArguments(IMethodSymbol method, int ordinal, int steps)
    {
        foreach (IOperation call in _index.CallsOf(method))
        {
            System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments = call switch
            {
                IInvocationOperation invocation => invocation.Arguments,
                IObjectCreationOperation creation => creation.Arguments,
                _ => [],
            };
            foreach (IArgumentOperation argument in arguments)
            {
                if (argument.Parameter?.Ordinal == ordinal && !_conditions.IsDead(call))
                    Visit(argument.Value, steps);
            }
        }
    }

    private void VisitReturned(IMethodSymbol method, int steps)
    {
        foreach (ISymbol implementation in _index.ImplementationsOf(method))
        {
            if (implementation is not IMethodSymbol called || _index.Body(called) is not { } body)
                continue;
            foreach (IOperation operation in body.DescendantsAndSelf())
            {
                if (operation is IReturnOperation { ReturnedValue: { } value } && !_conditions.IsDead(operation))
                    Visit(value, steps);
            }
        }
    }
}
