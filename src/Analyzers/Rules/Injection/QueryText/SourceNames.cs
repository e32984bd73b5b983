using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>
/// The places of a file where a name is written to or mentioned, by the name: candidates that <see cref="SourceIndex"/> binds. Found once for a
/// file as long as its text stays the same, whatever compilation it is in.
/// </summary>
internal sealed class SourceNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, SourceNames> s_byFile = new();

    private readonly Dictionary<string, List<SyntaxNode>> _writes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SyntaxNode>> _mentions = new(StringComparer.Ordinal);

    private SourceNames()
    {
    }

    /// <summary>The names of a file.</summary>
    public static SourceNames Of(SyntaxTree file) => s_byFile.TryGetValue(file, out SourceNames? known) ? known : s_byFile.GetValue(file, Read);

    /// <summary>Where a member of this name is assigned or handed over by reference.</summary>
    public IReadOnlyList<SyntaxNode> Writes(string name) => _writes.TryGetValue(name, out List<SyntaxNode>? nodes) ? nodes : [];

    /// <summary>Where a method of this name is called or named, or a class of this name created.</summary>
    public IReadOnlyList<SyntaxNode> Mentions(string name) => _mentions.TryGetValue(name, out List<SyntaxNode>? nodes) ? nodes : [];

    private static SourceNames Read(SyntaxTree file)
    {
        var names = new SourceNames();
        foreach (SyntaxNode node in file.GetRoot().DescendantNodes(descendIntoTrivia: false))
            names.Add(node);
        return names;
    }

    private void Add(SyntaxNode node)
    {
        switch (node)
        {
            case AssignmentExpressionSyntax assignment:
                AddTarget(assignment.Left);
                AddGroup(assignment.Right);
                break;
            case ArgumentSyntax argument:
                if (!argument.RefKindKeyword.IsKind(SyntaxKind.None))
                    AddTarget(argument.Expression);
                AddGroup(argument.Expression);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } prefix:
                AddTarget(prefix.Operand);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix:
                AddTarget(postfix.Operand);
                break;
            case InvocationExpressionSyntax invocation:
                Put(_mentions, LastName(invocation.Expression)?.Identifier.ValueText, invocation);
                break;
            case ObjectCreationExpressionSyntax creation:
                Put(_mentions, LastName(creation.Type)?.Identifier.ValueText, creation);
                break;
            case ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax:
                Put(_mentions, SourceIndex.NamelessCreation, node);
                break;
            case EqualsValueClauseSyntax value:
                AddGroup(value.Value);
                break;
        }
    }

    private void AddTarget(ExpressionSyntax target)
    {
        if (target is TupleExpressionSyntax tuple)
        {
            foreach (ArgumentSyntax element in tuple.Arguments)
                AddTarget(element.Expression);
            return;
        }

        if (LastName(target) is { } name)
            Put(_writes, name.Identifier.ValueText, name);
    }

    private void AddGroup(ExpressionSyntax value)
    {
        if (value is IdentifierNameSyntax or GenericNameSyntax or MemberAccessExpressionSyntax && LastName(value) is { } name)
            Put(_mentions, name.Identifier.ValueText, value);
    }

    private static SimpleNameSyntax? LastName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax simple => simple,
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        _ => null,
    };

    private static void Put(Dictionary<string, List<SyntaxNode>> map, string? name, SyntaxNode node)
    {
        if (name is null)
            return;
        if (!map.TryGetValue(name, out List<SyntaxNode>? nodes))
            map.Add(name, nodes = []);
        nodes.Add(node);
    }
}
