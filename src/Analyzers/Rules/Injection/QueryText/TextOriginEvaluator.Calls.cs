using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Calls and creations.</summary>
internal sealed partial class TextOriginEvaluator
{
    private void VisitInvocation(IInvocationOperation invocation, TextFrame frame, bool embedded, TextPart part)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (TrustedText.IsConstant(method))
            return;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            VisitDelegateCall(invocation, frame, embedded, part);
            return;
        }

        if (VisitSourceCall(invocation, frame, embedded, part))
            return;
        if (CharacterFilters.IsFilter(invocation))
            return;
        if (LinqMethods.Projects(method) || LinqMethods.Keeps(method))
        {
            VisitLinq(invocation, frame, embedded, part);
            return;
        }

        if (TrustedText.IsInput(method))
        {
            Add(TextOriginKind.Input, invocation, embedded);
            return;
        }

        if (TrustedText.ReadsElsewhere(method))
        {
            Add(TextOriginKind.Unknown, invocation, embedded);
            return;
        }

        if (method.IsStatic)
            VisitStaticCall(invocation, frame, embedded);
        else
            VisitInstanceCall(invocation, frame, embedded, part);
    }

    private void VisitStaticCall(IInvocationOperation invocation, TextFrame frame, bool embedded)
    {
        // A library function of its arguments: constant when they are. One text among several arguments is a part of the result.
        int texts = invocation.Arguments.Count(static argument => !InertTypes.Contains(argument.Value.Type) && argument.ArgumentKind != ArgumentKind.DefaultValue);
        bool joins = embedded || (texts > 1 && invocation.TargetMethod.ContainingType?.SpecialType == SpecialType.System_String);
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            foreach (IAnonymousFunctionOperation function in FunctionsIn(argument.Value))
                VisitFunction(function, frame, joins, TextPart.Whole);
            Visit(argument.Value, frame, joins, TextPart.Whole);
        }
    }

    private void VisitInstanceCall(IInvocationOperation invocation, TextFrame frame, bool embedded, TextPart part)
    {
        ITypeSymbol? owner = invocation.Instance?.Type;
        bool isText = owner is { SpecialType: SpecialType.System_String or SpecialType.System_Object } || IsTextBuffer(owner) || CollectionTypes.Contains(owner);
        if (isText || TrustedText.KeepsReceiver(invocation.TargetMethod))
        {
            Visit(invocation.Instance, frame, embedded || (IsTextBuffer(owner) && !invocation.Arguments.IsEmpty), part);
            foreach (IArgumentOperation argument in invocation.Arguments)
                Visit(argument.Value, frame, embedded: true, TextPart.Whole);
        }
        else if (invocation.TargetMethod.Name == "ToString" && invocation.Instance is not null)
        {
            Visit(invocation.Instance, frame, embedded, part);
        }
        else if (TrustedText.IsInputOutput(invocation.TargetMethod.ContainingType))
        {
            Add(TextOriginKind.Unknown, invocation, embedded);
        }
        else
        {
            // A library that reads nothing from outside gives back what it was given.
            Visit(invocation.Instance, frame, embedded, part);
            foreach (IArgumentOperation argument in invocation.Arguments)
                Visit(argument.Value, frame, embedded: true, TextPart.Whole);
        }
    }

    private void VisitLinq(IInvocationOperation invocation, TextFrame frame, bool embedded, TextPart part)
    {
        IOperation? source = invocation.Instance ?? (invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value : null);
        bool projects = LinqMethods.Projects(invocation.TargetMethod);
        if (!projects)
            Visit(source, frame, embedded, part);
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Value == source)
            {
                if (projects && invocation.TargetMethod.Name == "Zip")
                    Visit(source, frame, embedded, part);
                continue;
            }

            bool isFunction = false;
            foreach (IAnonymousFunctionOperation function in FunctionsIn(argument.Value))
            {
                isFunction = true;
                if (projects)
                    VisitFunction(function, frame, embedded, part);
            }

            if (!isFunction && projects && argument.Value is IDelegateCreationOperation { Target: IMethodReferenceOperation group })
                VisitGroup(group, source, frame, embedded, part);
            else if (!isFunction && CollectionTypes.Contains(argument.Value.Type) | argument.Value.Type?.SpecialType == SpecialType.System_String)
                Visit(argument.Value, frame, embedded, part);
        }
    }

    /// <summary>A method group as the projection of a sequence: its parameter is an element.</summary>
    private void VisitGroup(IMethodReferenceOperation group, IOperation? source, TextFrame frame, bool embedded, TextPart part)
    {
        if (TrustedText.IsConstant(group.Method))
            return;
        if (_index.Body(group.Method) is null || source is null || group.Method.Parameters.IsEmpty)
        {
            Visit(source, frame, embedded, part);
            return;
        }

        var bindings = ImmutableDictionary<IParameterSymbol, (IOperation, TextFrame)>.Empty.WithComparers(SymbolEqualityComparer.Default);
        VisitReturns(group.Method, frame.Call(bindings.Add(group.Method.OriginalDefinition.Parameters[0], (source, frame)), group.Instance), embedded, part);
    }

    private bool VisitSourceCall(IInvocationOperation invocation, TextFrame frame, bool embedded, TextPart part)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (!method.OriginalDefinition.Locations.Any(static location => location.IsInSource))
        {
            // ToString() of a type of ours, called through a library's slot.
            if (method.Name != "ToString" || invocation.Instance is not { Type: { } type } || !type.Locations.Any(static location => location.IsInSource))
                return false;
            IMethodSymbol? own = type.GetMembers("ToString").OfType<IMethodSymbol>().FirstOrDefault(static one => one.IsOverride);
            if (own is null || _index.Body(own) is null)
                return false;
            method = own;
        }

        bool found = false;
        foreach (IMethodSymbol target in _index.ImplementationsOf(method.ReducedFrom ?? method).OfType<IMethodSymbol>())
        {
            if (_index.Body(target) is null)
                continue;
            found = true;
            VisitReturns(target, frame.Call(Bind(target, invocation.Arguments, invocation.Instance, frame), invocation.Instance), embedded, part);
        }

        if (!found)
            VisitArguments(invocation, frame, embedded);
        return true;
    }

    private void VisitReturns(IMethodSymbol method, TextFrame frame, bool embedded, TextPart part)
    {
        if (_index.Body(method) is not { } body)
        {
            return;
        }

        if (body is not (IMethodBodyBaseOperation or IBlockOperation or ILocalFunctionOperation))
        {
            Visit(body, frame, embedded, part);
            return;
        }

        foreach (IReturnOperation returned in ReturnsOf(body))
            Visit(returned.ReturnedValue, frame, embedded, part);
    }

    /// <summary>The values that a body gives back on paths that can run; not those of functions inside it.</summary>
    private IEnumerable<IReturnOperation> ReturnsOf(IOperation body)
    {
        var open = new Stack<IOperation>(body.ChildOperations);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop();
            if (operation is IReturnOperation { ReturnedValue: not null } returned && !_conditions.IsDead(returned))
                yield return returned;
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (IOperation child in operation.ChildOperations)
                open.Push(child);
        }
    }

    private void VisitCreation(IObjectCreationOperation creation, TextFrame frame, bool embedded, TextPart part)
    {
        ITypeSymbol? type = creation.Type;
        if (type is null)
            return;
        if (type.Locations.Any(static location => location.IsInSource))
        {
            IMethodSymbol? text = type.GetMembers("ToString").OfType<IMethodSymbol>().FirstOrDefault(static one => one.IsOverride && !one.IsImplicitlyDeclared);
            if (text is not null)
                VisitReturns(text, frame.Call(ImmutableDictionary<IParameterSymbol, (IOperation, TextFrame)>.Empty, creation), embedded, part);
            return;
        }

        if (TrustedText.ReadsElsewhere(creation))
        {
            Add(TextOriginKind.Unknown, creation, embedded);
            return;
        }

        bool pair = creation.Arguments.Length == 2 && type.Name == "KeyValuePair";
        for (int i = 0; i < creation.Arguments.Length; i++)
        {
            if (pair && ((part == TextPart.Keys && i == 1) || (part == TextPart.Values && i == 0)))
                continue;
            foreach (IAnonymousFunctionOperation function in FunctionsIn(creation.Arguments[i].Value))
                VisitFunction(function, frame, embedded, part);
            Visit(creation.Arguments[i].Value, frame, embedded || IsTextBuffer(type), part);
        }

        foreach (IOperation entry in creation.Initializer?.Initializers ?? [])
        {
            switch (entry)
            {
                case IInvocationOperation add:
                    for (int i = 0; i < add.Arguments.Length; i++)
                    {
                        if (add.Arguments.Length != 2 || part == TextPart.Whole || (part == TextPart.Keys) == (i == 0))
                            Visit(add.Arguments[i].Value, frame, embedded, TextPart.Whole);
                    }

                    break;
                case ISimpleAssignmentOperation assignment:
                    if (part != TextPart.Values && assignment.Target is IPropertyReferenceOperation { Arguments.Length: 1 } indexer)
                        Visit(indexer.Arguments[0].Value, frame, embedded, TextPart.Whole);
                    if (part != TextPart.Keys)
                        Visit(assignment.Value, frame, embedded, TextPart.Whole);
                    break;
            }
        }
    }
}
