using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Loops that certainly run and take characters out of a text.</content>
internal sealed partial class BodyInterpreter
{
    private const SinkKinds FileNames = SinkKinds.Path | SinkKinds.ArchivePath | SinkKinds.ContainedPath;

    /// <summary>
    /// <c>foreach (char c in Path.GetInvalidFileNameChars()) name = name.Replace(c, '_');</c> The framework's list is never empty, so after the loop no way is left
    /// on which the name was not cleaned. What the flow graph sees is a loop that may run zero times; the variable is cleared before it instead.
    /// </summary>
    private void CleanReplaced(IOperation list)
    {
        if (list.Syntax.Parent is not ForEachStatementSyntax loop || loop.Expression != list.Syntax)
            return;
        foreach (AssignmentExpressionSyntax assignment in loop.Statement.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.Left is not IdentifierNameSyntax { Identifier.ValueText: var name }
                || assignment.Right is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Replace", Expression: IdentifierNameSyntax { Identifier.ValueText: var replaced } } }
                || replaced != name)
            {
                continue;
            }

            foreach (System.Collections.Generic.KeyValuePair<ISymbol, int> slot in _symbolSlots)
            {
                if (slot.Key.Name == name && slot.Key is ILocalSymbol or IParameterSymbol && _state[slot.Value] is { Facts.Length: > 0 } value)
                    _state[slot.Value] = value.WithFacts(FactSet.Map(value.Facts, static fact => fact with { Cleared = fact.Cleared | FileNames }));
            }
        }
    }
}
