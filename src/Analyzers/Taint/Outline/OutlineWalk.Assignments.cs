using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Assignments, declarations and initialisers.</content>
internal sealed partial class OutlineWalk
{
    private int VisitAssignment(ISimpleAssignmentOperation assignment)
    {
        int value = Visit(assignment.Value);
        if (assignment.IsRef && assignment.Target is ILocalReferenceOperation alias)
        {
            int local = ValueNode(alias.Local);
            _outline.Connect(value, local);
            _outline.Connect(local, value);
            return value;
        }

        return Assign(assignment.Target, value, assignment.Value);
    }

    private int VisitCompound(ICompoundAssignmentOperation compound)
    {
        int left = Visit(compound.Target);
        int right = Visit(compound.Value);
        int result = compound.OperatorMethod is { } method && _outlineTypes.IsOurs(method)
            ? CallOperator(method, compound.Type, (left, compound.Target), (right, compound.Value))
            : Merge(left, Flattened(right, compound.Value, compound.Type), compound.Type);
        return Assign(compound.Target, result, compound.Value);
    }

    private int VisitDeclarator(IVariableDeclaratorOperation declarator)
    {
        if ((declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value is not { } initial)
            return 0;
        int value = Visit(initial);
        int local = ValueNode(declarator.Symbol);
        if (declarator.Symbol.IsRef)
        {
            _outline.Connect(value, local);
            _outline.Connect(local, value);
        }
        else
        {
            Link(Flattened(value, initial, declarator.Symbol.Type), local, Unconverted(initial).Type, declarator.Symbol.Type);
        }

        Sink(local, _model.MatchSink(declarator.Symbol), declarator.Symbol.Type);
        AddHandled(declarator.Symbol.Type);
        return 0;
    }

    /// <summary>Draws a store.</summary>
    /// <returns>The value.</returns>
    private int Assign(IOperation target, int value, IOperation source)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Store(local.Local, value, source);
                break;
            case IParameterReferenceOperation parameter:
                Store(parameter.Parameter, value, source);
                break;
            case IFieldReferenceOperation field:
                AssignField(field, value, source);
                break;
            case IPropertyReferenceOperation property:
                AssignProperty(property, value, source);
                break;
            case IEventReferenceOperation reference:
                Visit(reference.Instance);
                break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                    Assign(element, value, source);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, source);
                break;
            case IConversionOperation { OperatorMethod: null } conversion:
                Assign(conversion.Operand, value, source);
                break;
            case IParenthesizedOperation parenthesized:
                Assign(parenthesized.Operand, value, source);
                break;
            case IConditionalOperation conditional:
                Visit(conditional.Condition);
                Assign(conditional.WhenTrue, value, source);
                if (conditional.WhenFalse is { } other)
                    Assign(other, value, source);
                break;
            case IArrayElementReferenceOperation element:
                int array = Visit(element.ArrayReference);
                foreach (IOperation index in element.Indices)
                    Visit(index);
                Link(Flattened(value, source, null), array, Unconverted(source).Type, element.Type);
                break;
            case IDiscardOperation:
                break;
            default:
                _outline.Connect(value, Visit(target));
                break;
        }

        return value;
    }

    private void Store(ISymbol variable, int value, IOperation source)
    {
        ITypeSymbol? type = TypeOf(variable);
        int node = ValueNode(variable);
        Link(Flattened(value, source, type), node, Unconverted(source).Type, type);
        Sink(node, SinksOf(variable), type);
        if (variable is IFieldSymbol or IPropertySymbol)
            _segment.Written.Add(node);
    }

    private void AssignField(IFieldReferenceOperation reference, int value, IOperation source)
    {
        IFieldSymbol field = reference.Field;
        int owner = Visit(reference.Instance);
        if (field.ContainingType is { IsTupleType: true } || (!_outlineTypes.IsOurs(field) && !field.IsStatic))
        {
            _outline.Connect(value, owner);
            Sink(value, SinksOf(field), Unconverted(source).Type);
            return;
        }

        Store(field.AssociatedSymbol ?? field, value, source);
    }

    private void AssignProperty(IPropertyReferenceOperation reference, int value, IOperation source)
    {
        IPropertySymbol property = reference.Property;
        int owner = Visit(reference.Instance);
        var arguments = VisitArguments(reference.Arguments);
        CheckArguments(reference, property, reference.Arguments, arguments);
        if (_outlineTypes.IsOurs(property))
        {
            Store(property, value, source);
            if (property.OriginalDefinition.SetMethod is { } setter)
            {
                _outline.Enter(owner, ThisNode(setter), _outline.NewCall());
                Link(Flattened(value, source, property.Type), ValueNode(setter.Parameters[setter.Parameters.Length - 1]), Unconverted(source).Type, property.Type);
                for (int i = 0; i < arguments.Length && i < setter.Parameters.Length - 1; i++)
                    Link(arguments[i], ValueNode(setter.Parameters[i]), reference.Arguments[i].Value.Type, setter.Parameters[i].Type);
            }

            return;
        }

        int content = Flattened(value, source, null);
        foreach (INamedTypeSymbol type in _outlineTypes.Contents(Unconverted(source).Type))
            content = With(content, ContentNode(type));
        SinkAssigned(content, reference, source, arguments);
        int container = owner != 0 || reference.Instance is not null ? owner : ValueNode(property);
        Link(content, container, Unconverted(source).Type, property.Type);
        foreach (int argument in arguments)
            _outline.Connect(argument, container);
    }

    private int Deconstruct(IOperation target, IOperation source)
    {
        if (Unconverted(target) is ITupleOperation targets && Unconverted(source) is ITupleOperation values && targets.Elements.Length == values.Elements.Length)
        {
            for (int i = 0; i < values.Elements.Length; i++)
                Deconstruct(targets.Elements[i], values.Elements[i]);
            return 0;
        }

        if (target is IDeclarationExpressionOperation { Expression: ITupleOperation } declaration)
            return Deconstruct(declaration.Expression, source);
        int value = WithDeconstruction(Visit(source), Unconverted(source).Type);
        Assign(target, value, source);
        return value;
    }

    /// <summary>What the parts of an object of a class of the analysed code are: its members, or what its Deconstruct gives.</summary>
    private int WithDeconstruction(int value, ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol || !_outlineTypes.IsOurs(type))
            return value;
        value = With(value, ContentNode((INamedTypeSymbol)type.OriginalDefinition));
        foreach (ISymbol member in type.OriginalDefinition.GetMembers("Deconstruct"))
        {
            if (member is not IMethodSymbol method)
                continue;
            foreach (IParameterSymbol parameter in method.Parameters)
                value = With(value, ValueNode(parameter));
        }

        return value;
    }

    private void AssignVariable(IOperation variable, int value)
    {
        switch (variable)
        {
            case IVariableDeclaratorOperation declarator:
                int local = ValueNode(declarator.Symbol);
                Link(value, local, declarator.Symbol.Type, declarator.Symbol.Type);
                Sink(local, _model.MatchSink(declarator.Symbol), declarator.Symbol.Type);
                AddHandled(declarator.Symbol.Type);
                break;
            case IDeclarationExpressionOperation or ITupleOperation:
                Assign(variable, WithDeconstruction(value, variable.Type), variable);
                break;
            default:
                Assign(variable, value, variable);
                break;
        }
    }

    private int VisitMemberInitializer(IMemberInitializerOperation member)
    {
        int owner = Visit(member.InitializedMember);
        _receivers.Push(owner);
        Visit(member.Initializer);
        _receivers.Pop();
        return 0;
    }

    private int VisitWith(IWithOperation with)
    {
        int copy = Merge(Visit(with.Operand), _outline.Temporary(NodeContent.Everything), with.Type);
        _receivers.Push(copy);
        Visit(with.Initializer);
        _receivers.Pop();
        return copy;
    }
}
