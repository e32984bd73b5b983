using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Delegates, lambdas and local functions.</content>
internal sealed partial class OutlineWalk
{
    private static IOperation? FunctionOf(IOperation value) =>
        Unconverted(value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation or IMethodReferenceOperation } creation ? creation.Target : null;

    private static bool IsFunction(ITypeSymbol type, IOperation value) =>
        type.TypeKind == TypeKind.Delegate || type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate || FunctionOf(value) is not null
        || type is INamedTypeSymbol { Name: "Expression", TypeArguments: [{ TypeKind: TypeKind.Delegate }] } || Unconverted(value).Type?.TypeKind == TypeKind.Delegate;

    private void AddDelegateSources(MemberModel rows, ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { } parameter || DelegateSource(rows, parameter) is var kinds && kinds == SourceKinds.None)
                continue;
            IMethodSymbol? function = FunctionOf(argument.Value) switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                IMethodReferenceOperation reference => Solver.Definition(reference.Method),
                _ => null,
            };
            foreach (IParameterSymbol given in function?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty)
                Source(ValueNode(given), kinds);
        }
    }

    private static SourceKinds DelegateSource(MemberModel? rows, IParameterSymbol parameter)
    {
        SourceKinds kinds = SourceKinds.None;
        foreach ((int position, Source row) in rows?.DelegateSources ?? new List<(int, Source)>())
            kinds |= position == parameter.Ordinal ? row.Kinds : SourceKinds.None;
        return kinds;
    }

    /// <summary>Library code calls a function with what it got and uses what the function returns.</summary>
    private void ConnectFunction(IOperation value, int hub, SourceKinds sources, ref ImmutableArray<INamedTypeSymbol> contents)
    {
        IOperation? function = FunctionOf(value);
        IMethodSymbol? method = function switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            IMethodReferenceOperation reference => Solver.Definition(reference.Method),
            _ => (DelegateType(Unconverted(value).Type) as INamedTypeSymbol)?.DelegateInvokeMethod?.OriginalDefinition,
        };
        switch (function)
        {
            case IAnonymousFunctionOperation lambda:
                DrawFunction(lambda.Symbol, lambda.Body);
                break;
            case IMethodReferenceOperation reference:
                Visit(reference.Instance);
                break;
        }

        if (method is null)
            return;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            int node = ValueNode(parameter);
            Link(hub, node, parameter.Type, parameter.Type);
            Source(node, sources);
        }

        if (!method.ReturnsVoid)
        {
            _outline.Connect(ResultNode(method), hub);
            contents = contents.AddRange(_outlineTypes.Contents(method.ReturnType));
        }
    }

    private int VisitDelegate(IOperation target, ITypeSymbol? type)
    {
        switch (target)
        {
            case IAnonymousFunctionOperation lambda:
                DrawFunction(lambda.Symbol, lambda.Body);
                ConnectDelegate(lambda.Symbol, type);
                return 0;
            case IMethodReferenceOperation reference:
                Visit(reference.Instance);
                ConnectDelegate(Solver.Definition(reference.Method), type);
                return 0;
            default:
                return Visit(target);
        }
    }

    /// <summary>A function becomes a delegate that anybody may call: all delegates of a type are one.</summary>
    private void ConnectDelegate(IMethodSymbol function, ITypeSymbol? type)
    {
        if (DelegateType(type) is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke } named)
            return;
        _segment.Delegates.Add(named.OriginalDefinition);
        IMethodSymbol definition = invoke.OriginalDefinition;
        for (int i = 0; i < function.Parameters.Length && i < definition.Parameters.Length; i++)
        {
            IParameterSymbol given = definition.Parameters[i];
            int node = ValueNode(function.Parameters[i].OriginalDefinition);
            Link(ValueNode(given), node, function.Parameters[i].Type, function.Parameters[i].Type);
            if (given.RefKind is RefKind.Out or RefKind.Ref)
                _outline.Connect(node, ValueNode(given));
        }

        if (!definition.ReturnsVoid)
            Link(ResultNode(function), ResultNode(definition), function.ReturnType, function.ReturnType);
    }

    private static ITypeSymbol? DelegateType(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Expression", TypeArguments: [{ TypeKind: TypeKind.Delegate } inner] } ? inner : type;

    private void DrawFunction(IMethodSymbol function, IOperation? body)
    {
        int result = _result;
        ITypeSymbol? resultType = _resultType;
        _result = ResultNode(function);
        _resultType = function.ReturnType;
        foreach (IParameterSymbol parameter in function.Parameters)
            AddParameter(parameter);
        SinkKinds sinks = _model.MatchSink(function);
        Sink(_result, sinks, function.ReturnType);
        Visit(body);
        _result = result;
        _resultType = resultType;
    }

    private void AddEntryOf(ILocalFunctionOperation local)
    {
        DrawFunction(local.Symbol, local.Body);
        Visit(local.IgnoredBody);
    }
}
