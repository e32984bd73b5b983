using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Flow;

/// <summary>The intermediate values that a control flow graph keeps between its blocks.</summary>
internal static class FlowCaptures
{
    /// <summary>The value of each capture that is written once.</summary>
    public static Dictionary<CaptureId, IOperation> Read(ControlFlowGraph graph)
    {
        var captures = new Dictionary<CaptureId, IOperation>();
        var ambiguous = new HashSet<CaptureId>();
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                if (operation is not IFlowCaptureOperation capture)
                    continue;
                if (captures.ContainsKey(capture.Id))
                    ambiguous.Add(capture.Id);
                else
                    captures.Add(capture.Id, capture.Value);
            }
        }

        foreach (CaptureId id in ambiguous)
            captures.Remove(id);
        return captures;
    }
}
