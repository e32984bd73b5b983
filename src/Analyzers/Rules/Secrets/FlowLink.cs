using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// One way in which a node gets a value: from a literal or from another node. Most nodes have one or two: a list that grows at its head
/// costs one small object each, and no lock.
/// </summary>
/// <param name="Literal">The literal, or null.</param>
/// <param name="Source">The other node, where there is no literal.</param>
/// <param name="Entered">The call that hands the value to a parameter; null for any other way.</param>
/// <param name="Returned">The call whose result the value is; null for any other way.</param>
/// <param name="Next">The next way.</param>
internal sealed record FlowLink(LiteralSite? Literal, FlowNode Source, SyntaxNode? Entered, SyntaxNode? Returned, FlowLink? Next);
