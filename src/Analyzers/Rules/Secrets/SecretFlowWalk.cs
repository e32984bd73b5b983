using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// The walk from a credential back to the literals behind it. Where it enters a method by its result, it leaves by the parameters only
/// to the call that it came from: what another caller passes to the same helper is that caller's.
/// </summary>
internal sealed class SecretFlowWalk(SecretFlowGraph graph)
{
    private const int MostSteps = 16;
    private const int MostNodes = 2000;
    private const int MostCalls = 4;

    private readonly HashSet<(FlowNode, Frame?)> _seen = new(new StateComparer());
    private readonly List<LiteralSite> _literals = [];
    private List<(FlowNode Node, Frame? Frame)> _next = [];

    /// <summary>The literals that the value may be.</summary>
    public List<LiteralSite> LiteralsBehind(in FlowSource source)
    {
        Visit(source.Node, source.Call is { } call ? new Frame(call, null, 1) : null);
        for (int step = 0; step < MostSteps && _next.Count > 0; step++)
        {
            List<(FlowNode Node, Frame? Frame)> level = _next;
            _next = [];
            foreach ((FlowNode node, Frame? frame) in level)
                Expand(node, frame);
        }

        return _literals;
    }

    private void Expand(in FlowNode node, Frame? frame)
    {
        Follow(node, node.Part, frame);
        if (node.Part is not null)
        {
            // The part of whatever was kept as a whole, and elements of which nobody knows which they are.
            Follow(node with { Part = null }, node.Part, frame);
            if (node.Part is not (FlowNode.AnyPart or FlowNode.UnknownPart))
                Follow(node with { Part = FlowNode.UnknownPart }, null, frame);
        }

        if (PositionalParameter(node.Symbol) is { } positional)
            Visit(new FlowNode(positional, node.Part), null);
        // What a setter gets is what the property is given.
        if (node.Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.PropertySet, AssociatedSymbol: IPropertySymbol { IsIndexer: false } property } })
            Visit(new FlowNode(property, node.Part), null);
        // A call through the interface or base class hands its arguments to this parameter, too.
        if (node.Symbol is IParameterSymbol)
        {
            foreach (ISymbol declared in MemberDeclarations.Of(node.Symbol))
                Visit(new FlowNode(declared, node.Part), frame);
        }
    }

    private void Follow(in FlowNode into, string? part, Frame? frame)
    {
        bool isWhole = into.Part is null;
        for (FlowLink? link = graph.LinksInto(into); link is not null; link = link.Next)
        {
            Frame? outer = frame;
            if (frame is not null && link.Entered is not null)
            {
                if (link.Entered != frame.Call)
                    continue;
                outer = frame.Outer;
            }

            if (link.Literal is { } literal)
            {
                if (!isWhole || part is null)
                    _literals.Add(literal);
                continue;
            }

            FlowNode source = isWhole && part is not null && link.Source.Part is null ? link.Source with { Part = part } : link.Source;
            if (link.Returned is { } call)
            {
                int depth = (outer?.Depth ?? 0) + 1;
                if (depth <= MostCalls)
                    Visit(source, new Frame(call, outer, depth));
            }
            else
            {
                Visit(source, source.Symbol is ILocalSymbol or IParameterSymbol ? outer : null);
            }
        }
    }

    private void Visit(in FlowNode node, Frame? frame)
    {
        if (_seen.Count < MostNodes && _seen.Add((node, frame)))
            _next.Add((node, frame));
    }

    // The property of a positional record gets the value of the parameter that declares it.
    private static IParameterSymbol? PositionalParameter(ISymbol symbol)
    {
        if (symbol is not IPropertySymbol { ContainingType.IsRecord: true, DeclaringSyntaxReferences: [var reference] } property || reference.GetSyntax() is not ParameterSyntax)
            return null;
        foreach (IMethodSymbol constructor in property.ContainingType.InstanceConstructors)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                if (parameter.Name == property.Name && parameter.DeclaringSyntaxReferences is [var declared] && declared.Span == reference.Span)
                    return parameter;
            }
        }

        return null;
    }

    /// <summary>A call that was entered by its result.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Outer">The call around it.</param>
    /// <param name="Depth">How many there are.</param>
    private sealed record Frame(SyntaxNode Call, Frame? Outer, int Depth);

    private sealed class StateComparer : IEqualityComparer<(FlowNode Node, Frame? Frame)>
    {
        public bool Equals((FlowNode Node, Frame? Frame) x, (FlowNode Node, Frame? Frame) y) => FlowNode.Comparer.Equals(x.Node, y.Node) && Equals(x.Frame, y.Frame);

        public int GetHashCode((FlowNode Node, Frame? Frame) obj) => unchecked((FlowNode.Comparer.GetHashCode(obj.Node) * 31) + (obj.Frame?.Call.GetHashCode() ?? 0));

        private static bool Equals(Frame? x, Frame? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Call == y.Call && x.Depth == y.Depth && Equals(x.Outer, y.Outer));
    }
}
