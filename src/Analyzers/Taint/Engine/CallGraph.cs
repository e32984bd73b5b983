using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Orders bodies so that callees come before their callers, recursive ones together (Tarjan, without recursion).</summary>
internal static class CallGraph
{
    /// <summary>The strongly connected components of what relevant bodies call.</summary>
    public static IEnumerable<List<Body>> Components(ProgramIndex program, TypeIndex types, CancellationToken cancellationToken)
    {
        var index = new Dictionary<Body, int>();
        var low = new Dictionary<Body, int>();
        var onStack = new HashSet<Body>();
        var stack = new Stack<Body>();
        int counter = 0;
        foreach (Body root in program.OrderedBodies)
        {
            if (!program.IsRelevant(root) || index.ContainsKey(root))
                continue;
            var work = new Stack<(Body Body, IEnumerator<Body> Callees)>();
            Enter(root);
            while (work.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (Body body, IEnumerator<Body> callees) = work.Peek();
                if (callees.MoveNext())
                {
                    Body callee = callees.Current;
                    if (program.IsSkipped(callee))
                        continue;
                    if (!index.TryGetValue(callee, out int visited))
                        Enter(callee);
                    else if (onStack.Contains(callee) && visited < low[body])
                        low[body] = visited;
                    continue;
                }

                work.Pop();
                if (work.Count > 0 && low[body] < low[work.Peek().Body])
                    low[work.Peek().Body] = low[body];
                if (low[body] != index[body])
                    continue;
                var component = new List<Body>();
                Body member;
                do
                {
                    member = stack.Pop();
                    onStack.Remove(member);
                    component.Add(member);
                }
                while (!ReferenceEquals(member, body));
                yield return component;
            }

            void Enter(Body body)
            {
                index[body] = low[body] = counter++;
                stack.Push(body);
                onStack.Add(body);
                work.Push((body, Callees(body, program, types).GetEnumerator()));
            }
        }
    }

    /// <summary>Whether a body may call itself directly.</summary>
    public static bool CallsItself(Body body, TypeIndex types)
    {
        foreach (IMethodSymbol callee in body.Callees)
        {
            if (SymbolEqualityComparer.Default.Equals(callee.OriginalDefinition, body.Method))
                return true;
            if (!TypeIndex.IsDispatched(callee))
                continue;
            foreach (IMethodSymbol target in types.Targets(callee))
            {
                if (SymbolEqualityComparer.Default.Equals(target, body.Method))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The bodies that a body may call.</summary>
    public static IEnumerable<Body> Callees(Body body, ProgramIndex program, TypeIndex types)
    {
        foreach (IMethodSymbol callee in body.Callees)
        {
            if (program.Find(callee) is { } direct)
                yield return direct;
            if (!TypeIndex.IsDispatched(callee))
                continue;
            foreach (IMethodSymbol target in types.Targets(callee))
            {
                if (program.Find(target) is { } overriding && !SymbolEqualityComparer.Default.Equals(target, callee.OriginalDefinition))
                    yield return overriding;
            }
        }
    }
}
