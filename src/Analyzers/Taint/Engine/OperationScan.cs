using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>One look over a body's operations, so that most bodies need no interpretation.</summary>
internal sealed class OperationScan(TaintModel model, FileIndex file)
{
    private readonly HashSet<IMethodSymbol> _callees = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _referenced = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _members = new(SymbolEqualityComparer.Default);
    private SourceKinds _sources;
    private SinkKinds _sinks;
    private bool _isEntryPoint;

    /// <summary>Kinds of sources.</summary>
    public SourceKinds Sources => _sources;

    /// <summary>Kinds of sinks that some rule wants.</summary>
    public SinkKinds Sinks => _sinks & model.ActiveSinks;

    /// <summary>The member that an initialiser belongs to.</summary>
    public void AddOwner(ISymbol member)
    {
        _members.Add(member);
        _sinks |= model.MatchSink(member);
    }

    /// <summary>What the parameters in the head of a class become.</summary>
    public void AddPrimaryMembers(IMethodSymbol constructor)
    {
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            _members.Add(parameter);
            foreach (ISymbol member in constructor.ContainingType.GetMembers(parameter.Name))
                _members.Add(member);
        }
    }

    /// <summary>Sources that the parameters are.</summary>
    public void AddParameters(IMethodSymbol method)
    {
        SourceKinds before = _sources;
        if (model.Member(method) is { } rows)
        {
            foreach ((int position, Source row) in rows.EntrySources)
            {
                _ = position;
                _sources |= row.Kinds & model.ActiveSources;
            }

            _sinks |= rows.SinkKinds;
        }

        foreach (IParameterSymbol parameter in method.Parameters)
            _sources |= model.MatchSource(parameter);
        _isEntryPoint = _sources != before;
        _sinks |= model.MatchSink(method);
    }

    /// <summary>Looks over a body.</summary>
    public void Run(IOperation root)
    {
        var pending = new Stack<IOperation>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop();
            Visit(operation);
            foreach (IOperation child in operation.ChildOperations)
                pending.Push(child);
        }
    }

    /// <summary>Writes what was found into the body.</summary>
    public void Store(Body body)
    {
        body.Callees = body.Callees.AddRange(_callees);
        body.Referenced = body.Referenced.AddRange(_referenced);
        body.Members = body.Members.AddRange(_members);
        body.Sources |= _sources;
        body.Sinks |= _sinks & model.ActiveSinks;
        body.IsEntryPoint |= _isEntryPoint;
    }

    private void Visit(IOperation operation)
    {
        _sources |= model.MatchSource(operation);
        switch (operation)
        {
            case IInvocationOperation call:
                AddCall(call.TargetMethod);
                AddArguments(call.Arguments);
                foreach (ITypeSymbol argument in call.TargetMethod.TypeArguments)
                    AddInstantiated(argument);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                AddCall(constructor);
                AddArguments(creation.Arguments);
                AddInstantiated(creation.Type);
                break;
            case IPropertyReferenceOperation property:
                AddMember(property.Property);
                if (property.Property.GetMethod is { } getter)
                    AddCallee(getter);
                if (property.Property.SetMethod is { } setter)
                    AddCallee(setter);
                break;
            case IFieldReferenceOperation field:
                AddMember(field.Field);
                break;
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter }:
                _members.Add(parameter.OriginalDefinition);
                break;
            case IEventReferenceOperation { Event: { } reference }:
                AddMember(reference);
                break;
            case IMethodReferenceOperation method:
                AddCall(method.Method);
                _referenced.Add(method.Method.OriginalDefinition);
                break;
            case IAssignmentOperation assignment:
                AddAssigned(assignment.Target);
                break;
            case IIncrementOrDecrementOperation increment:
                AddAssigned(increment.Target);
                break;
            case IVariableDeclaratorOperation declarator:
                _sinks |= model.MatchSink(declarator.Symbol);
                break;
            case IBinaryOperation { OperatorMethod: { } method }:
                AddCallee(method);
                break;
            case IUnaryOperation { OperatorMethod: { } method }:
                AddCallee(method);
                break;
            case IConversionOperation { OperatorMethod: { } method }:
                AddCall(method);
                break;
            case ITypeOfOperation typeOf:
                AddInstantiated(typeOf.TypeOperand);
                break;
            case IAnonymousFunctionOperation lambda:
                foreach (IParameterSymbol parameter in lambda.Symbol.Parameters)
                    _sources |= model.MatchSource(parameter);
                break;
            case ILocalFunctionOperation local:
                _sinks |= model.MatchSink(local.Symbol);
                foreach (IParameterSymbol parameter in local.Symbol.Parameters)
                    _sources |= model.MatchSource(parameter);
                break;
        }
    }

    private void AddCall(IMethodSymbol method)
    {
        AddCallee(method);
        AddRows(method);
        _sinks |= model.MatchSink(method);
        _sources |= model.MatchSource(method);
    }

    private void AddRows(ISymbol member)
    {
        if (model.Member(member) is not { } rows)
            return;
        _sources |= rows.SourceKinds & model.ActiveSources;
        foreach ((int position, Overwrite row) in rows.Overwrites)
        {
            _ = position;
            _sources |= row.Origin & model.ActiveSources;
        }

        _sinks |= rows.SinkKinds;
    }

    private void AddMember(ISymbol member)
    {
        AddRows(member);
        _sources |= model.MatchSource(member);
        if (SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, model.Compilation.Assembly) && member is not IFieldSymbol { IsConst: true })
            _members.Add(member is IFieldSymbol { AssociatedSymbol: { } owner } ? owner.OriginalDefinition : member.OriginalDefinition);
    }

    private void AddAssigned(IOperation target)
    {
        switch (target)
        {
            case IMemberReferenceOperation member:
                file.Assigned.Add(member.Member.OriginalDefinition);
                _sinks |= model.MatchSink(member.Member);
                break;
            case ILocalReferenceOperation local:
                _sinks |= model.MatchSink(local.Local);
                break;
            case IParameterReferenceOperation parameter:
                _sinks |= model.MatchSink(parameter.Parameter);
                break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                    AddAssigned(element);
                break;
            case IConversionOperation conversion:
                AddAssigned(conversion.Operand);
                break;
        }
    }

    private void AddArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                AddAssigned(argument.Value);
            _sinks |= model.MatchSink(parameter);
        }
    }

    private void AddCallee(IMethodSymbol method)
    {
        bool isInSource = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly);
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke)
            return;
        if (isInSource)
        {
            IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
            definition = definition.PartialImplementationPart ?? definition;
            // The constructed symbol tells which implementation of a generic interface is meant.
            _callees.Add(TypeIndex.IsDispatched(method) ? method : definition);
        }
        else if (TypeIndex.IsDispatched(method))
        {
            _callees.Add(method);
        }
    }

    private void AddInstantiated(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named && SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, model.Compilation.Assembly))
            file.Instantiated.Add(named.OriginalDefinition);
    }
}
