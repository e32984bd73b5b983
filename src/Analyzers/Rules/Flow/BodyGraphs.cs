using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Flow;

/// <summary>Control flow graphs of called methods.</summary>
internal static class BodyGraphs
{
    /// <summary>The graph of a method or accessor of the compilation; null when it has no body there.</summary>
    public static ControlFlowGraph? Of(Compilation compilation, IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return null;
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            return null;

        // A callee is looked at only when a value of interest is handed to it, so the extra model is rarely made; the flow needs its body.
#pragma warning disable RS1030 // Do not use Compilation.GetSemanticModel
        SemanticModel model = compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
        return model.GetOperation(syntax, cancellation) switch
        {
            IMethodBodyOperation body => ControlFlowGraph.Create(body, cancellation),
            IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancellation),
            IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellation),
            _ => null,
        };
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
}
