using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Patterns: variables that they declare.</content>
internal sealed partial class OutlineWalk
{
    private int _patternInput;

    private int VisitSwitchExpression(ISwitchExpressionOperation choice)
    {
        int value = Visit(choice.Value);
        int result = 0;
        foreach (ISwitchExpressionArmOperation arm in choice.Arms)
        {
            VisitPattern(arm.Pattern, value);
            Visit(arm.Guard);
            result = Merge(result, Visit(arm.Value), choice.Type);
        }

        return result;
    }

    private int VisitSwitch(ISwitchOperation choice)
    {
        int value = Visit(choice.Value);
        foreach (ISwitchCaseOperation section in choice.Cases)
        {
            foreach (ICaseClauseOperation clause in section.Clauses)
            {
                if (clause is IPatternCaseClauseOperation pattern)
                {
                    VisitPattern(pattern.Pattern, value);
                    Visit(pattern.Guard);
                }
                else
                {
                    VisitChildren(clause);
                }
            }

            foreach (IOperation statement in section.Body)
                Visit(statement);
        }

        return 0;
    }

    private void VisitPattern(IPatternOperation? pattern, int input)
    {
        switch (pattern)
        {
            case null:
                break;
            case IDeclarationPatternOperation declaration:
                Declare(declaration.DeclaredSymbol, input);
                break;
            case IRecursivePatternOperation recursive:
                Declare(recursive.DeclaredSymbol, input);
                int parts = recursive.DeconstructionSubpatterns.IsEmpty ? 0 : WithDeconstruction(input, recursive.MatchedType);
                foreach (IPatternOperation part in recursive.DeconstructionSubpatterns)
                    VisitPattern(part, parts);
                foreach (IPropertySubpatternOperation property in recursive.PropertySubpatterns)
                {
                    int outer = _patternInput;
                    _patternInput = input;
                    int member = Visit(property.Member);
                    _patternInput = outer;
                    VisitPattern(property.Pattern, member);
                }

                break;
            case IListPatternOperation list:
                Declare(list.DeclaredSymbol, input);
                foreach (IPatternOperation part in list.Patterns)
                    VisitPattern(part, input);
                break;
            case ISlicePatternOperation slice:
                VisitPattern(slice.Pattern, input);
                break;
            case IBinaryPatternOperation binary:
                VisitPattern(binary.LeftPattern, input);
                VisitPattern(binary.RightPattern, input);
                break;
            case INegatedPatternOperation negated:
                VisitPattern(negated.Pattern, input);
                break;
            default:
                VisitChildren(pattern);
                break;
        }
    }

    private void Declare(ISymbol? variable, int input)
    {
        if (variable is null || TypeOf(variable) is not { } type)
            return;
        int node = ValueNode(variable);
        Link(input, node, type, type);
        Sink(node, _model.MatchSink(variable), type);
        AddHandled(type);
    }
}
