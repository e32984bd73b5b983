using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Calls, properties, constructors, delegates.</content>
internal sealed partial class OutlineWalk
{
    private int VisitInvocation(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        int receiver = Visit(invocation.Instance);
        AddHandled(invocation.Type);
        bool isDelegate = method.MethodKind == MethodKind.DelegateInvoke;
        if (isDelegate || (method.Name == "DynamicInvoke" && method.ContainingType.SpecialType == SpecialType.System_Delegate))
        {
            _segment.IsOpaque = true;
            AddHandled(method.ContainingType);
        }

        bool isOurs = isDelegate || method.MethodKind == MethodKind.LocalFunction || _outlineTypes.IsOurs(method);
        int[] arguments = VisitArguments(invocation.Arguments, isOurs);
        MemberModel? rows = _model.Member(method);
        CheckArguments(invocation, method, invocation.Arguments, arguments);
        if (rows is not null)
        {
            if (isOurs && rows.DelegateSources.Count > 0)
                AddDelegateSources(rows, invocation.Arguments);
            foreach (Sink row in rows.OtherSinks)
            {
                if (row.Place == SinkPlace.Receiver)
                    Sink(receiver, row.Kinds, invocation.Instance?.Type);
            }

            foreach ((int position, Overwrite row) in rows.Overwrites)
            {
                if (position < 0 && receiver != 0)
                    Source(receiver, row.Origin);
            }
        }

        if (method.Name.StartsWith("Throw", StringComparison.Ordinal))
            _segment.Throws = true;
        int result = isOurs
            ? CallOurs(method, receiver, invocation.Arguments, arguments)
            : CallLibrary(method, rows, invocation.Instance, receiver, invocation.Arguments, arguments, isNew: false);
        if (!isOurs && TypeIndex.IsDispatched(method) && !_types.Targets(method).IsEmpty)
            result = Merge(result, CallOurs(method, receiver, invocation.Arguments, arguments), method.ReturnType);
        return WithSource(result, method, rows, invocation.Type);
    }

    private int WithSource(int node, ISymbol member, MemberModel? rows, ITypeSymbol? type)
    {
        SourceKinds kinds = _model.MatchSource(member) | (rows?.ResultSource ?? SourceKinds.None);
        return kinds == SourceKinds.None ? node : Marked(node, kinds, type);
    }

    private int[] VisitArguments(ImmutableArray<IArgumentOperation> arguments, bool isOurs = false)
    {
        if (arguments.IsEmpty)
            return Array.Empty<int>();
        var nodes = new int[arguments.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            IOperation value = arguments[i].Value;
            // Library calls draw the functions that they get on their own.
            nodes[i] = !isOurs && FunctionOf(value) is not null ? 0 : Visit(value);
        }

        return nodes;
    }

    private void CheckArguments(IOperation operation, ISymbol member, ImmutableArray<IArgumentOperation> arguments, int[] nodes)
    {
        MemberModel? rows = _model.Member(member);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (arguments[i].Parameter is not { } parameter)
                continue;
            SinkKinds kinds = _model.MatchSink(parameter);
            if (rows is not null && rows.SinkKinds != SinkKinds.None)
            {
                foreach ((int position, Sink row) in rows.ParameterSinks)
                {
                    if (position < 0 || position == parameter.Ordinal)
                        SinkIfHolds(row, nodes[i], Unconverted(arguments[i].Value).Type, operation, arguments[i].Value, member, arguments, nodes);
                }
            }

            if (kinds != SinkKinds.None)
                Sink(nodes[i], kinds, Unconverted(arguments[i].Value).Type);
            if (rows is null)
                continue;
            foreach ((int position, Source row) in rows.ArgumentSources)
            {
                if (position == parameter.Ordinal)
                    Assign(arguments[i].Value, Marked(0, row.Kinds, parameter.Type), arguments[i].Value);
            }

            foreach ((int position, Overwrite row) in rows.Overwrites)
            {
                if (position == parameter.Ordinal && row.Origin != SourceKinds.None)
                    Assign(arguments[i].Value, Marked(0, row.Origin, parameter.Type), arguments[i].Value);
            }
        }
    }

    /// <summary>A call of a method of the analysed code, of a local function or of a delegate.</summary>
    private int CallOurs(IMethodSymbol method, int receiver, ImmutableArray<IArgumentOperation> arguments, int[] nodes)
    {
        IMethodSymbol definition = Solver.Definition(method);
        // All delegates of a type are one, and a local function shares its variables with its method: their calls are not told apart.
        int call = definition.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction ? 0 : _outline.NewCall();
        if (receiver != 0 && call != 0)
        {
            int self = ThisNode(definition);
            _outline.Enter(receiver, self, call);
            if (_outlineTypes.IsMutable(definition.ContainingType))
                _outline.Leave(self, receiver, call);
        }

        for (int i = 0; i < nodes.Length; i++)
        {
            if (arguments[i].Parameter is { } parameter && parameter.Ordinal < definition.Parameters.Length)
                Pass(arguments[i].Value, nodes[i], definition.Parameters[parameter.Ordinal], call);
        }

        AddHandled(method.ReturnType);
        return method.ReturnsVoid ? 0 : Returned(definition, call);
    }

    /// <summary>What a call gives back to this call of it.</summary>
    private int Returned(IMethodSymbol definition, int call)
    {
        int result = ResultNode(definition);
        if (call == 0 || definition.MethodKind == MethodKind.PropertyGet)
            return result;
        int returned = _outline.Temporary(_outlineTypes.Classify(definition.ReturnType));
        _outline.Leave(result, returned, call);
        if (_outlineTypes.IsMutable(definition.ReturnType))
            _outline.Enter(returned, result, call);
        return returned;
    }

    private void Pass(IOperation value, int node, IParameterSymbol parameter, int call)
    {
        int target = ValueNode(parameter);
        IOperation unconverted = Unconverted(value);
        AddHandled(unconverted.Type);
        if (parameter.RefKind != RefKind.Out)
        {
            int passed = MentionsTypeParameter(parameter.Type) ? Flattened(node, value, parameter.Type) : node;
            _outline.Enter(passed, target, call);
            if (MayBeSame(unconverted.Type, parameter.Type))
                _outline.Leave(target, passed, call);
        }

        if (parameter.RefKind is RefKind.Out or RefKind.Ref)
        {
            int assigned = _outline.Temporary(_outlineTypes.Classify(parameter.Type));
            _outline.Leave(target, assigned, call);
            Assign(value, assigned, value);
        }

        Sink(target, _model.MatchSink(parameter), parameter.Type);
    }

    private static bool MentionsTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => MentionsTypeParameter(array.ElementType),
        INamedTypeSymbol named => !named.TypeArguments.IsEmpty && MentionsTypeParameter(named.TypeArguments[named.TypeArguments.Length - 1]),
        _ => false,
    };

    private int CallOperator(IMethodSymbol method, ITypeSymbol? type, params (int Node, IOperation Operation)[] operands)
    {
        MemberModel? rows = _model.Member(method);
        if (_outlineTypes.IsOurs(method))
        {
            IMethodSymbol definition = method.OriginalDefinition;
            int call = _outline.NewCall();
            for (int i = 0; i < operands.Length && i < definition.Parameters.Length; i++)
                Pass(operands[i].Operation, operands[i].Node, definition.Parameters[i], call);
            return WithSource(Returned(definition, call), method, rows, type);
        }

        int result = 0;
        foreach ((int node, IOperation operation) in operands)
            result = Merge(result, Flattened(node, operation, type), type);
        for (int i = 0; i < operands.Length; i++)
        {
            foreach ((int position, Sink row) in rows?.ParameterSinks ?? new List<(int, Sink)>())
            {
                if (position < 0 || position == i)
                    Sink(operands[i].Node, row.Kinds, operands[i].Operation.Type);
            }
        }

        return WithSource(result, method, rows, type);
    }

    private int VisitProperty(IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        int owner = Visit(reference.Instance);
        int[] arguments = VisitArguments(reference.Arguments);
        CheckArguments(reference, property, reference.Arguments, arguments);
        MemberModel? rows = _model.Member(property);
        AddHandled(property.Type);
        int result;
        if (_outlineTypes.IsOurs(property))
        {
            result = Merge(ValueNode(property), Part(owner, property.Type), property.Type);
            if (property.OriginalDefinition.GetMethod is { } getter)
            {
                _outline.Enter(owner, ThisNode(getter), _outline.NewCall());
                for (int i = 0; i < arguments.Length && i < getter.Parameters.Length; i++)
                    Link(arguments[i], ValueNode(getter.Parameters[i]), reference.Arguments[i].Value.Type, getter.Parameters[i].Type);
            }
        }
        else if (property.ContainingType is { IsAnonymousType: true })
        {
            result = owner;
        }
        else
        {
            result = owner;
            if (reference.Instance is null && !property.IsReadOnly)
                result = ValueNode(property);
            if (LibraryMeasures.IsMeasure(property) && rows?.Propagators is not { Count: > 0 })
                result = 0;
            else if (ValueTypes.IsNumber(property.Type))
                result = Part(result, property.Type);
            for (int i = 0; i < arguments.Length; i++)
            {
                if (rows?.Propagators is { Count: > 0 })
                    result = Merge(result, arguments[i], property.Type);
                else if (ValueTypes.IsNumber(reference.Arguments[i].Parameter?.Type))
                    result = Merge(result, Selecting(arguments[i]), property.Type);
            }

            if (property.GetMethod is { } getter && TypeIndex.IsDispatched(getter) && !_types.Targets(getter).IsEmpty)
                result = Merge(result, ValueNode(property), property.Type);
        }

        return WithSource(result, property, rows, property.Type);
    }

    private int VisitCreation(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor)
            return MergeChildren(creation);
        bool isOurs = _outlineTypes.IsOurs(constructor);
        int[] arguments = VisitArguments(creation.Arguments, isOurs);
        CheckArguments(creation, constructor, creation.Arguments, arguments);
        MemberModel? rows = _model.Member(constructor);
        AddHandled(creation.Type);
        int result;
        if (isOurs)
        {
            IMethodSymbol definition = constructor.OriginalDefinition;
            int call = _outline.NewCall();
            for (int i = 0; i < arguments.Length; i++)
            {
                if (creation.Arguments[i].Parameter is { } parameter && parameter.Ordinal < definition.Parameters.Length)
                    Pass(creation.Arguments[i].Value, arguments[i], definition.Parameters[parameter.Ordinal], call);
            }

            result = 0;
            if (_outlineTypes.IsMutable(creation.Type))
            {
                result = _outline.Temporary(NodeContent.Everything);
                _outline.Enter(result, ThisNode(definition), call);
                _outline.Leave(ThisNode(definition), result, call);
            }
        }
        else
        {
            result = CallLibrary(constructor, rows, null, 0, creation.Arguments, arguments, isNew: true);
        }

        result = WithSource(result, constructor, rows, creation.Type);
        if (creation.Initializer is { } initializer)
        {
            if (result == 0)
                result = _outline.Temporary(NodeContent.Everything);
            _receivers.Push(result);
            Visit(initializer);
            _receivers.Pop();
        }

        return result;
    }
}
