using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>
/// Follows one text backwards to the parts it is made of and keeps those that are not constant. Constants, numbers, dates, enum members, names of code elements
/// and values that were checked against a fixed set are constant here. Runs only from a place where text becomes a query, so most code is never looked at.
/// </summary>
internal sealed partial class TextOriginEvaluator
{
    private const int MostSteps = 20_000;
    private const int DeepestFrame = 24;
    private const int MostOrigins = 16;

    private readonly SourceIndex _index;
    private readonly ConstantConditions _conditions;
    private readonly ValueGuards _guards;
    private readonly List<TextOrigin> _origins = [];
    private readonly HashSet<(IOperation, TextFrame, TextPart)> _visiting = [];
    private readonly CancellationToken _cancellation;
    private int _steps;

    private TextOriginEvaluator(SourceIndex index, CancellationToken cancellation)
    {
        _index = index;
        _conditions = new ConstantConditions(index);
        _guards = new ValueGuards(index, _conditions, IsConstant);
        _cancellation = cancellation;
    }

    /// <summary>The parts of a text that are not constant; empty when it is provably constant.</summary>
    /// <param name="text">The expression whose text becomes a query.</param>
    /// <param name="isEmbedded">Whether the expression is appended to other text.</param>
    /// <param name="index">The compilation's sources.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static IReadOnlyList<TextOrigin> Find(IOperation text, bool isEmbedded, SourceIndex index, CancellationToken cancellation)
    {
        var evaluator = new TextOriginEvaluator(index, cancellation);
        evaluator.Visit(text, TextFrame.Root, isEmbedded, TextPart.Whole);
        return evaluator._origins;
    }

    /// <summary>Whether a value (or all elements of a collection) is constant, asked by guards while a text is followed.</summary>
    private bool IsConstant(IOperation value, TextFrame frame)
    {
        int before = _origins.Count;
        Visit(value, frame, embedded: false, TextPart.Whole);
        bool constant = _origins.Count == before;
        _origins.RemoveRange(before, _origins.Count - before);
        return constant;
    }

    private void Add(TextOriginKind kind, IOperation operation, bool embedded, IParameterSymbol? parameter = null)
    {
        if (_origins.Count < MostOrigins)
            _origins.Add(new TextOrigin(kind, operation, parameter, embedded));
    }

    private void Visit(IOperation? operation, TextFrame frame, bool embedded, TextPart part)
    {
        if (operation is null || _origins.Count >= MostOrigins)
            return;
        _cancellation.ThrowIfCancellationRequested();
        if (operation.ConstantValue.HasValue || InertTypes.Contains(operation.Type))
            return;
        // Recursion brings nothing that its first rounds did not; what is cut off here the flow engine still follows.
        if (++_steps > MostSteps || frame.Depth > DeepestFrame)
            return;

        // A cycle adds nothing to what its other entries bring.
        if (!_visiting.Add((operation, frame, part)))
            return;
        try
        {
            VisitCore(operation, frame, embedded, part);
        }
        finally
        {
            _visiting.Remove((operation, frame, part));
        }
    }

    private void VisitCore(IOperation operation, TextFrame frame, bool embedded, TextPart part)
    {
        switch (operation)
        {
            case ILiteralOperation or IDefaultValueOperation or INameOfOperation or ITypeOfOperation or ISizeOfOperation or IThrowOperation or IUtf8StringOperation:
            case IInstanceReferenceOperation or IMethodReferenceOperation or IAnonymousFunctionOperation or IIncrementOrDecrementOperation or IUnaryOperation:
                return;
            case IConversionOperation conversion:
                Visit(conversion.Operand, frame, embedded, part);
                return;
            case IParenthesizedOperation parenthesized:
                Visit(parenthesized.Operand, frame, embedded, part);
                return;
            case IArgumentOperation argument:
                Visit(argument.Value, frame, embedded, part);
                return;
            case IDelegateCreationOperation creation:
                Visit(creation.Target, frame, embedded, part);
                return;
            case IInterpolatedStringOperation interpolated:
                VisitInterpolated(interpolated, frame, embedded);
                return;
            case IInterpolatedStringHandlerCreationOperation handler:
                Visit(handler.Content, frame, embedded, part);
                return;
            case IInterpolatedStringAdditionOperation addition:
                Visit(addition.Left, frame, embedded: true, part);
                Visit(addition.Right, frame, embedded: true, part);
                return;
            case IBinaryOperation quoted when IdentifierQuoting.IsQuotedMiddle(quoted):
                Visit(((IBinaryOperation)quoted.LeftOperand).LeftOperand, frame, embedded, part);
                return;
            case IBinaryOperation binary:
                bool joins = embedded || !(IsEmpty(binary.LeftOperand) || IsEmpty(binary.RightOperand));
                Visit(binary.LeftOperand, frame, joins, part);
                Visit(binary.RightOperand, frame, joins, part);
                return;
            case IConditionalOperation conditional:
                bool? known = _conditions.Decide(conditional.Condition);
                if (known != false)
                    Visit(conditional.WhenTrue, frame, embedded, part);
                if (known != true)
                    Visit(conditional.WhenFalse, frame, embedded, part);
                return;
            case ICoalesceOperation coalesce:
                Visit(coalesce.Value, frame, embedded, part);
                Visit(coalesce.WhenNull, frame, embedded, part);
                return;
            case IConditionalAccessOperation access:
                Visit(access.WhenNotNull, frame, embedded, part);
                return;
            case IConditionalAccessInstanceOperation instance:
                Visit(AccessPath.ConditionalAccessReceiver(instance), frame, embedded, part);
                return;
            case ISwitchExpressionOperation switched:
                foreach (ISwitchExpressionArmOperation arm in switched.Arms)
                    Visit(arm.Value, frame, embedded, part);
                return;
            case IAwaitOperation awaited:
                Visit(awaited.Operation, frame, embedded, part);
                return;
            case ISimpleAssignmentOperation assignment:
                Visit(assignment.Value, frame, embedded, part);
                return;
            case ICompoundAssignmentOperation compound:
                Visit(compound.Target, frame, embedded: true, part);
                Visit(compound.Value, frame, embedded: true, part);
                return;
            case ICoalesceAssignmentOperation coalesce:
                Visit(coalesce.Target, frame, embedded, part);
                Visit(coalesce.Value, frame, embedded, part);
                return;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                    Visit(element, frame, embedded, part);
                return;
            case IArrayCreationOperation array:
                Visit(array.Initializer, frame, embedded, part);
                return;
            case IArrayInitializerOperation initializer:
                foreach (IOperation element in initializer.ElementValues)
                    Visit(element, frame, embedded, part);
                return;
            case ICollectionExpressionOperation collection:
                foreach (IOperation element in collection.Elements)
                    Visit(element is ISpreadOperation spread ? spread.Operand : element, frame, embedded, part);
                return;
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation:
                VisitReference(operation, frame, embedded, part);
                return;
            case IDeclarationExpressionOperation declaration:
                Visit(declaration.Expression, frame, embedded, part);
                return;
            case IInvocationOperation invocation:
                VisitInvocation(invocation, frame, embedded, part);
                return;
            case IObjectCreationOperation creation:
                VisitCreation(creation, frame, embedded, part);
                return;
            case IAnonymousObjectCreationOperation anonymous:
                foreach (IOperation initializer in anonymous.Initializers)
                    Visit(initializer, frame, embedded, part);
                return;
            case IImplicitIndexerReferenceOperation indexer:
                Visit(indexer.Instance, frame, embedded, part);
                return;
            case IInlineArrayAccessOperation access:
                Visit(access.Instance, frame, embedded, part);
                return;
            case ITranslatedQueryOperation query:
                Visit(query.Operation, frame, embedded, part);
                return;
            case IWithOperation with:
                Visit(with.Operand, frame, embedded, part);
                return;
            default:
                // What cannot be followed is not plausibly input: input comes from parameters and members that read from outside.
                return;
        }
    }

    private void VisitInterpolated(IInterpolatedStringOperation interpolated, TextFrame frame, bool embedded)
    {
        bool joins = embedded || interpolated.Parts.Length > 1;
        for (int i = 0; i < interpolated.Parts.Length; i++)
        {
            switch (interpolated.Parts[i])
            {
                case IInterpolationOperation hole when !IsQuotedIdentifier(interpolated, i, hole.Expression):
                    Visit(hole.Expression, frame, joins, TextPart.Whole);
                    break;
                case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments.Length: > 0 } append }:
                    Visit(append.Arguments[0].Value, frame, joins, TextPart.Whole);
                    break;
            }
        }
    }

    private static bool IsEmpty(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: null or "" };

    /// <summary>Whether a hole stands in identifier quotes and its closing quote is doubled: <c>$"[{name.Replace("]", "]]")}]"</c>.</summary>
    private static bool IsQuotedIdentifier(IInterpolatedStringOperation interpolated, int hole, IOperation expression)
    {
        if (hole == 0 || hole + 1 >= interpolated.Parts.Length)
            return false;
        return interpolated.Parts[hole - 1] is IInterpolatedStringTextOperation { Text.ConstantValue.Value: string before }
            && interpolated.Parts[hole + 1] is IInterpolatedStringTextOperation { Text.ConstantValue.Value: string after }
            && IdentifierQuoting.Doubles(expression, before, after);
    }
}
