using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>A method that a delegate may call.</summary>
/// <param name="Method">The method, local function or lambda.</param>
/// <param name="Receiver">The object of an instance method, or the closure of a lambda or local function; null for static ones.</param>
/// <param name="Graph">The control flow graph that a lambda or local function lies in; null for methods.</param>
/// <param name="Lambda">The lambda in that graph; null for methods and local functions.</param>
/// <param name="Frame">The analysis in which a lambda or local function was met; null for methods.</param>
internal sealed record DelegateTarget(
    IMethodSymbol Method, AbstractValue? Receiver, ControlFlowGraph? Graph, IFlowAnonymousFunctionOperation? Lambda, BodyInterpreter? Frame);
