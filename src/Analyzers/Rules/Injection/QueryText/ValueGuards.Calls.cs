using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Checks that are methods of the analysed code.</summary>
internal sealed partial class ValueGuards
{
    /// <summary>A method of ours that returns true only for valid values.</summary>
    private bool ProvesSourceCheck(IInvocationOperation call, bool outcome, Question question)
    {
        if (call.TargetMethod.ReturnType.SpecialType != SpecialType.System_Boolean || question.Depth >= DeepestCall
            || !TryEnter(call, question, out IOperation? body, out IParameterSymbol? parameter, out TextFrame? frame))
        {
            return false;
        }

        AccessPath place = AccessPath.Of(parameter!);
        var inner = new Question(place, frame!, question.Depth + 1);
        bool any = false;
        foreach (IOperation operation in OwnOperations(body!))
        {
            if (operation is not IReturnOperation { ReturnedValue: { } value })
                continue;
            if (value.ConstantValue is { HasValue: true, Value: bool known })
            {
                if (known != outcome)
                    continue;
                if (!IsValidated(operation, place, frame!, inner.Depth))
                    return false;
            }
            else if (!Proves(value, outcome, inner))
            {
                return false;
            }

            any = true;
        }

        return any;
    }


    /// <summary>A method of ours that throws for invalid values.</summary>
    private bool ThrowsUnlessValid(IInvocationOperation call, Question question)
    {
        if (IsParser(call) && HoldsArgument(call, question))
            return true;
        if (question.Depth >= DeepestCall || !TryEnter(call, question, out IOperation? body, out IParameterSymbol? parameter, out TextFrame? frame))
            return false;
        IBlockOperation? block = body switch
        {
            IBlockOperation one => one,
            IMethodBodyBaseOperation method => method.BlockBody ?? method.ExpressionBody,
            ILocalFunctionOperation local => local.Body,
            _ => null,
        };
        if (block is null)
            return false;
        AccessPath place = AccessPath.Of(parameter!);
        foreach (IOperation operation in OwnOperations(body!))
        {
            if (operation is IReturnOperation && !operation.IsImplicit && !IsValidated(operation, place, frame!, question.Depth + 1))
                return false;
        }

        return EndProves(block, new Question(place, frame!, question.Depth + 1));
    }

    private bool EndProves(IBlockOperation block, Question question)
    {
        foreach (IOperation statement in block.Operations)
        {
            if (statement is IConditionalOperation conditional && ReachingDefinitions.Leaves(conditional.WhenTrue) && Proves(conditional.Condition, false, question))
                return true;
            if (statement is IExpressionStatementOperation { Operation: IInvocationOperation call } && ThrowsUnlessValid(call, question))
                return true;
            if (statement is ISwitchOperation switched && IsPlace(switched.Value, question) && SwitchRejectsOthers(switched))
                return true;
            if (statement is IReturnOperation { ReturnedValue: not null } returned && IsValidated(returned.ReturnedValue, question.Place, question.Frame, question.Depth))
                return true;
        }

        return false;
    }

    private bool TryEnter(IInvocationOperation call, Question question, out IOperation? body, out IParameterSymbol? parameter, out TextFrame? frame)
    {
        body = null;
        parameter = null;
        frame = null;
        IMethodSymbol method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (!method.Locations.Any(static location => location.IsInSource))
            return false;
        IMethodSymbol? target = _index.ImplementationsOf(method).OfType<IMethodSymbol>().FirstOrDefault(one => _index.Body(one) is not null);
        if (target is null)
            return false;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } passed && IsPlace(argument.Value, question) && passed.Ordinal < target.Parameters.Length)
                parameter = target.Parameters[passed.Ordinal];
        }

        if (parameter is null)
            return false;
        body = _index.Body(target);
        TextFrame inner = question.Frame;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } passed && passed.Ordinal < target.Parameters.Length)
                inner = inner.With(target.Parameters[passed.Ordinal], argument.Value, question.Frame);
        }

        frame = inner;
        return true;
    }

    private static IEnumerable<IOperation> OwnOperations(IOperation body)
    {
        var open = new Stack<IOperation>(body.ChildOperations);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop();
            yield return operation;
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (IOperation child in operation.ChildOperations)
                open.Push(child);
        }
    }
}
