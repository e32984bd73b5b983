using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// Which variable, member and parameter of the compilation gets its value from which, as far as text, bytes and characters go; and
/// which literals they are given. Order and conditions play no part: a literal is a secret on every path that it takes.
/// </summary>
internal sealed class SecretFlowGraph
{
    private readonly ConcurrentDictionary<FlowNode, FlowLink> _links = new(FlowNode.Comparer);
    private readonly ConcurrentBag<FlowSink> _sinks = [];

    /// <summary>A symbol, or a part of what it keeps, is given a literal.</summary>
    public void AddLiteral(in ValueTarget target, LiteralSite site) => Add(target, new FlowLink(site, default, target.Call, null, null));

    /// <summary>A symbol, or a part of what it keeps, is given the value of another one.</summary>
    public void AddFlow(in FlowSource source, in ValueTarget target) => Add(target, new FlowLink(null, Definition(source.Node), target.Call, source.Call, null));

    /// <summary>A symbol's value goes into a credential.</summary>
    public void AddSink(in FlowSource source, Location place, string? name) => _sinks.Add(new FlowSink(source with { Node = Definition(source.Node) }, place, name));

    /// <summary>How a node gets its values; null for a node that gets none.</summary>
    public FlowLink? LinksInto(in FlowNode node) => _links.TryGetValue(node, out FlowLink? link) ? link : null;

    /// <summary>Every literal that reaches a credential through at least one symbol, with the place where it does; in source order.</summary>
    /// <param name="isSecret">Whether the literal is a secret at such a place.</param>
    public IEnumerable<(LiteralSite Site, Location Sink)> Find(Func<LiteralSite, FlowSink, bool> isSecret)
    {
        var found = new Dictionary<(SyntaxTree, TextSpan), (LiteralSite Site, Location Sink)>();
        foreach (FlowSink sink in _sinks)
        {
            foreach (LiteralSite site in new SecretFlowWalk(this).LiteralsBehind(sink.Source))
            {
                (SyntaxTree, TextSpan) key = (site.Syntax.SyntaxTree, site.Syntax.Span);
                if (isSecret(site, sink) && (!found.TryGetValue(key, out (LiteralSite Site, Location Sink) known) || Compare(sink.Place, known.Sink) < 0))
                    found[key] = (site, sink.Place);
            }
        }

        var ordered = new List<(LiteralSite Site, Location Sink)>(found.Values);
        ordered.Sort(static (left, right) => Compare(left.Site.Syntax.GetLocation(), right.Site.Syntax.GetLocation()));
        return ordered;
    }

    private static FlowNode Definition(in FlowNode node) => node with { Symbol = node.Symbol.OriginalDefinition };

    private void Add(in ValueTarget target, FlowLink link)
    {
        ISymbol symbol = target.Symbol!.OriginalDefinition;
        AddPart(symbol, target.Part, link);
        // What an override or implementation returns, a caller of the base or interface gets.
        if (target.Symbol is not (IMethodSymbol or IPropertySymbol) || target.Symbol.IsStatic || (!target.Symbol.IsOverride && target.Symbol.ContainingType is not { AllInterfaces.IsEmpty: false }))
            return;
        foreach (ISymbol declared in MemberDeclarations.Of(symbol))
            AddPart(declared, target.Part, link);
    }

    private void AddPart(ISymbol symbol, string? part, FlowLink link)
    {
        AddLink(new FlowNode(symbol, part), link);
        if (part is not (null or FlowNode.AnyPart))
            AddLink(new FlowNode(symbol, FlowNode.AnyPart), link);
    }

    private void AddLink(in FlowNode node, FlowLink link)
    {
        while (true)
        {
            if (!_links.TryGetValue(node, out FlowLink? known))
            {
                if (_links.TryAdd(node, link with { Next = null }))
                    return;
            }
            else if (_links.TryUpdate(node, link with { Next = known }, known))
            {
                return;
            }
        }
    }

    private static int Compare(Location left, Location right)
    {
        int byFile = string.CompareOrdinal(left.SourceTree?.FilePath, right.SourceTree?.FilePath);
        return byFile != 0 ? byFile : left.SourceSpan.CompareTo(right.SourceSpan);
    }
}
