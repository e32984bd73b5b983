using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <content>Nodes and edges.</content>
internal sealed partial class OutlineWalk
{
    private int With(int node, int more)
    {
        if (node == 0)
            return more;
        int merged = _outline.Temporary(NodeContent.Everything);
        _outline.Connect(node, merged);
        _outline.Connect(more, merged);
        return merged;
    }

    private int Merge(int one, int other, ITypeSymbol? type)
    {
        if (one == 0 || other == 0 || one == other)
            return one == 0 ? other : one;
        int merged = _outline.Temporary(_outlineTypes.Classify(type));
        Link(one, merged, type, type);
        Link(other, merged, type, type);
        return merged;
    }

    /// <summary>A flow; both ways where both ends may be the same changeable object.</summary>
    private void Link(int from, int to, ITypeSymbol? fromType, ITypeSymbol? toType)
    {
        _outline.Connect(from, to);
        if (from != 0 && to != 0 && MayBeSame(fromType, toType))
            _outline.Connect(to, from);
    }

    private bool MayBeSame(ITypeSymbol? type, ITypeSymbol? other) =>
        _outlineTypes.IsMutable(type) && (ReferenceEquals(type, other) || _outlineTypes.IsMutable(other));

    private int Marked(int node, SourceKinds kinds, ITypeSymbol? type)
    {
        int marked = _outline.Temporary(_outlineTypes.Classify(type));
        Link(node, marked, type, type);
        Source(marked, kinds);
        return marked;
    }

    private void Source(int node, SourceKinds kinds)
    {
        kinds &= _model.ActiveSources;
        if (kinds != SourceKinds.None)
            _outline.Sources.Add((node, kinds));
    }

    /// <summary>A value, with what its members hold, goes into a sink.</summary>
    /// <param name="node">The value.</param>
    /// <param name="kinds">What happens with it.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">Text that decides whether it is a sink; 0 when it is one in any case.</param>
    private void Sink(int node, SinkKinds kinds, ITypeSymbol? type, int name = 0)
    {
        kinds &= _model.ActiveSinks;
        if (kinds == SinkKinds.None)
            return;
        foreach (INamedTypeSymbol content in _outlineTypes.Contents(type))
            node = With(node, ContentNode(content));
        if (node == 0)
            return;
        int sink = _outline.Temporary(NodeContent.Everything);
        _outline.Connect(node, sink);
        _outline.Sinks.Add((sink, kinds, name));
    }

    private SinkKinds SinksOf(ISymbol member)
    {
        SinkKinds kinds = _model.MatchSink(member);
        foreach (Sink row in _model.Member(member)?.OtherSinks ?? (IEnumerable<Sink>)Array.Empty<Sink>())
        {
            if (row.Place == SinkPlace.AssignedValue)
                kinds |= row.Kinds;
        }

        return kinds;
    }

    /// <summary>The sinks that an assignment of a library's member may be.</summary>
    private void SinkAssigned(int node, IPropertyReferenceOperation target, IOperation value, int[] arguments)
    {
        Sink(node, _model.MatchSink(target.Property), null);
        IOperation operation = target.Parent is IAssignmentOperation assignment && assignment.Target == target ? assignment : target;
        foreach (Sink row in _model.Member(target.Property)?.OtherSinks ?? (IEnumerable<Sink>)Array.Empty<Sink>())
        {
            if (row.Place == SinkPlace.AssignedValue)
                SinkIfHolds(row, node, null, operation, value, target.Property, target.Arguments, arguments);
        }
    }

    /// <summary>A sink, if its condition may hold.</summary>
    private void SinkIfHolds(
        Sink row, int node, ITypeSymbol? type, IOperation operation, IOperation value, ISymbol target, ImmutableArray<IArgumentOperation> arguments, int[] nodes)
    {
        if ((row.Kinds & _model.ActiveSinks) == SinkKinds.None)
            return;
        if (!row.IsAskedEarly)
        {
            Sink(node, row.Kinds, type);
            return;
        }

        var site = new OutlineSinkSite(_model.Compilation, operation, value, target);
        if (!site.MayHold(row))
            return;
        int name = 0;
        for (int i = 0; i < nodes.Length && site.Name is not null; i++)
        {
            if (arguments[i].Value.WithoutConversions() == site.Name)
                name = nodes[i];
        }

        Sink(node, row.Kinds, type, name);
    }

    private int ValueNode(ISymbol symbol) => _outline.Node(
        symbol.OriginalDefinition, NodeRole.Value, symbol is ILocalSymbol or IRangeVariableSymbol ? _outlineTypes.Classify(TypeOf(symbol)) : _outlineTypes.ClassifyHanded(TypeOf(symbol)));

    private int ResultNode(IMethodSymbol method) => method.AssociatedSymbol is IPropertySymbol property && method.MethodKind == MethodKind.PropertyGet
        ? ValueNode(property)
        : _outline.Node(method.OriginalDefinition, NodeRole.Result, _outlineTypes.ClassifyHanded(method.ReturnType));

    private int ThisNode(IMethodSymbol method) => _outline.Node(method.OriginalDefinition, NodeRole.This, _outlineTypes.ClassifyHanded(method.ContainingType));

    private int ContentNode(INamedTypeSymbol type) => _outline.Node(type, NodeRole.Content, NodeContent.Everything);

    private void AddHandled(ITypeSymbol? type)
    {
        foreach (INamedTypeSymbol handled in _outlineTypes.Contents(type))
            _segment.Handled.Add(handled);
    }

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IEventSymbol raised => raised.Type,
        _ => null,
    };
}
