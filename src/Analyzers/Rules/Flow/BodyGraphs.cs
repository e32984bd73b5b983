using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Flow;

/// <summary>Control flow graphs of called methods.</summary>
internal static class BodyGraphs
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxTree, SemanticModel>> s_models = new();

    /// <summary>The graph of a method or accessor of the compilation; null when it has no body there.</summary>
    public static ControlFlowGraph? Of(Compilation compilation, IMethodSymbol method, CancellationToken cancellation)
    {
        return Operation(compilation, method, cancellation) switch
        {
            IMethodBodyOperation body => ControlFlowGraph.Create(body, cancellation),
            IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancellation),
            IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellation),
            _ => null,
        };
    }

    /// <summary>The body of a method or accessor of the compilation; null when it has none there.</summary>
    public static IOperation? Operation(Compilation compilation, IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return null;
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        return compilation.ContainsSyntaxTree(syntax.SyntaxTree) ? Model(compilation, syntax.SyntaxTree).GetOperation(syntax, cancellation) : null;
    }

    /// <summary>The graph of a local function that a body, or a body around it, declares.</summary>
    public static ControlFlowGraph? OfLocalFunction(IMethodSymbol method, ControlFlowGraph caller, CancellationToken cancellation)
    {
        for (ControlFlowGraph? graph = caller; graph is not null; graph = graph.Parent)
        {
            foreach (IMethodSymbol local in graph.LocalFunctions)
            {
                if (SymbolEqualityComparer.Default.Equals(local.OriginalDefinition, method))
                    return graph.GetLocalFunctionControlFlowGraph(local, cancellation);
            }
        }

        return null;
    }

    /// <summary>The one model of a file for all rules that look at called methods, so that the file is bound once for them.</summary>
    public static SemanticModel Model(Compilation compilation, SyntaxTree tree) =>
#pragma warning disable RS1030 // A callee is looked at only when a value of interest is handed to it, so the extra model is rarely made; the flow needs its body.
        s_models.GetValue(compilation, static _ => new ConcurrentDictionary<SyntaxTree, SemanticModel>()).GetOrAdd(tree, _ => compilation.GetSemanticModel(tree));
#pragma warning restore RS1030
}
