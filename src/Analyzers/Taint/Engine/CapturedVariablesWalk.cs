using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Finds the variables of the surrounding method that a lambda or local function uses.</summary>
internal static class CapturedVariablesWalk
{
    private const int MaximumDepth = 4;

    /// <summary>Adds them; the lambda's class stands for the object.</summary>
    public static void Add(IMethodSymbol lambda, ControlFlowGraph graph, ImmutableArray<ISymbol>.Builder found, HashSet<ISymbol> seen, int depth)
    {
        var pending = new Stack<IOperation>();
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
                pending.Push(operation);
            if (block.BranchValue is not null)
                pending.Push(block.BranchValue);
        }

        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop();
            ISymbol? variable = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => lambda.ContainingType,
                _ => null,
            };
            if (variable is not null && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, lambda) && seen.Add(variable))
                found.Add(variable);
            if (operation is IFlowAnonymousFunctionOperation nested && depth < MaximumDepth)
                Add(nested.Symbol, graph.GetAnonymousFunctionControlFlowGraph(nested), found, seen, depth + 1);
            foreach (IOperation child in operation.ChildOperations)
                pending.Push(child);
        }
    }
}
