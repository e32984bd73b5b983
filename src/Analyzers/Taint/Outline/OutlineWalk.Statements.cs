using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Engine;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Statements.</content>
internal sealed partial class OutlineWalk
{
    private int VisitReturn(IOperation returned)
    {
        int value = Visit(returned);
        Link(Flattened(value, returned, _resultType), _result, Unconverted(returned).Type, _resultType);
        return 0;
    }

    private int VisitThrow(IThrowOperation thrown)
    {
        _segment.Throws = true;
        if (thrown.Exception is null)
            return 0;
        int value = Visit(thrown.Exception);
        ITypeSymbol? type = Unconverted(thrown.Exception).Type;
        foreach (INamedTypeSymbol content in _outlineTypes.Contents(type))
            value = With(value, ContentNode(content));
        for (ITypeSymbol? current = type; value != 0 && current is not null; current = current.BaseType)
            Link(value, _outline.Node(current.OriginalDefinition, NodeRole.Thrown, NodeContent.Everything), type, type);
        return 0;
    }

    private int VisitCatch(ICatchClauseOperation handler)
    {
        if (handler.ExceptionType is { } type)
        {
            int thrown = _outline.Node(type.OriginalDefinition, NodeRole.Thrown, NodeContent.Everything);
            foreach (ILocalSymbol local in handler.Locals)
                Link(thrown, ValueNode(local), type, local.Type);
        }

        if (handler.ExceptionDeclarationOrExpression is { } declaration)
            Visit(declaration);
        Visit(handler.Filter);
        Visit(handler.Handler);
        return 0;
    }

    private int VisitForEach(IForEachLoopOperation loop)
    {
        int collection = Visit(loop.Collection);
        ITypeSymbol? type = Unconverted(loop.Collection).Type;
        if (type is INamedTypeSymbol named && _outlineTypes.IsOurs(named))
            collection = WithEnumerators(collection, named);
        AssignVariable(loop.LoopControlVariable, collection);
        Visit(loop.Body);
        foreach (IOperation next in loop.NextVariables)
            Visit(next);
        return 0;
    }

    /// <summary>A class with an enumerator of its own.</summary>
    private int WithEnumerators(int node, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; _outlineTypes.IsOurs(current); current = current!.BaseType)
        {
            foreach (ISymbol member in current!.GetMembers())
            {
                if (member is not IMethodSymbol method || !method.Name.EndsWith("GetEnumerator", StringComparison.Ordinal) && !method.Name.EndsWith("GetAsyncEnumerator", StringComparison.Ordinal))
                    continue;
                node = With(node, ResultNode(method.OriginalDefinition));
                foreach (ISymbol property in method.ReturnType.OriginalDefinition.GetMembers("Current"))
                {
                    if (_outlineTypes.IsOurs(property))
                        node = With(node, ValueNode(property));
                }
            }
        }

        return node;
    }
}
