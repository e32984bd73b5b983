using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>What the code around one assignment sets on the same parser or settings object: by its initializer and by the variable's name.</summary>
internal sealed class XmlParserState
{
    private readonly List<(string Property, ExpressionSyntax Value, AssignmentExpressionSyntax Assignment)> _settings = [];
    private readonly AssignmentExpressionSyntax? _assignment;

    private XmlParserState(AssignmentExpressionSyntax? assignment) => _assignment = assignment;

    /// <summary>Whether DTDs are parsed.</summary>
    public bool ParsesDtd => Has("DtdProcessing", static value => LastName(value) == "Parse") || Has("ProhibitDtd", static value => IsText(value, "false"));

    /// <summary>Whether DTDs are refused or skipped.</summary>
    public bool ProhibitsDtd => Has("DtdProcessing", static value => LastName(value) is "Prohibit" or "Ignore") || Has("ProhibitDtd", static value => IsText(value, "true"));

    /// <summary>Whether a resolver that reads nothing is set and none that does.</summary>
    public bool HasClosedResolver => Has("XmlResolver", static value => IsClosed(value)) && !Has("XmlResolver", static value => !IsClosed(value));

    /// <summary>Whether any resolver is set.</summary>
    public bool SetsResolver => Has("XmlResolver", static _ => true);

    /// <summary>Whether the same property gets a safe value after the assignment on the same way.</summary>
    public bool IsReplacedLater
    {
        get
        {
            if (_assignment is null || LastName(_assignment.Left) is not { } property)
                return false;
            SyntaxNode? block = _assignment.FirstAncestorOrSelf<StatementSyntax>()?.Parent;
            foreach ((string name, ExpressionSyntax value, AssignmentExpressionSyntax assignment) in _settings)
            {
                bool isSafe = IsClosed(value) || LastName(value) is "Prohibit" or "Ignore";
                // On every way that the assignment is on: in the same block or one around it.
                if (name == property && isSafe && assignment.SpanStart > _assignment.SpanStart && assignment.Parent is ExpressionStatementSyntax { Parent: { } place } && block is not null && place.Span.Contains(block.Span))
                    return true;
            }

            return false;
        }
    }

    /// <summary>The state of the object that an assignment sets a property of; null for other syntax.</summary>
    public static XmlParserState? Read(SyntaxNode syntax)
    {
        if (syntax.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { } assignment)
            return null;
        var state = new XmlParserState(assignment);
        if (assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation })
            state.AddCreation(creation);
        else if (assignment.Left is MemberAccessExpressionSyntax { Expression: var receiver })
            state.AddVariable(receiver.WithoutTrivia().ToString(), assignment);
        return state;
    }

    /// <summary>The state of an object that is made.</summary>
    public static XmlParserState Read(BaseObjectCreationExpressionSyntax creation)
    {
        var state = new XmlParserState(null);
        state.AddCreation(creation);
        return state;
    }

    private void AddCreation(BaseObjectCreationExpressionSyntax creation)
    {
        AddInitializer(creation);
        switch (creation.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                AddAssignments(declarator.Identifier.ValueText, creation);
                break;
            case AssignmentExpressionSyntax { Left: var variable } when variable is not TupleExpressionSyntax:
                AddAssignments(variable.WithoutTrivia().ToString(), creation);
                break;
        }
    }

    private void AddInitializer(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.Initializer is not { } initializer)
            return;
        foreach (AssignmentExpressionSyntax setting in initializer.Expressions.OfType<AssignmentExpressionSyntax>())
        {
            if (LastName(setting.Left) is { } name)
                _settings.Add((name, setting.Right, setting));
        }
    }

    private void AddVariable(string variable, SyntaxNode near)
    {
        AddAssignments(variable, near);
        foreach (VariableDeclaratorSyntax declarator in Scope(near).DescendantNodes().OfType<VariableDeclaratorSyntax>())
        {
            if (declarator.Identifier.ValueText == variable && declarator.Initializer?.Value is BaseObjectCreationExpressionSyntax creation)
                AddInitializer(creation);
        }
    }

    private void AddAssignments(string variable, SyntaxNode near)
    {
        string bare = variable.StartsWith("this.", StringComparison.Ordinal) ? variable.Substring(5) : variable;
        foreach (AssignmentExpressionSyntax setting in Scope(near).DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (setting.Left is MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var name } && receiver.WithoutTrivia().ToString() is var text && (text == bare || text == "this." + bare))
                _settings.Add((name, setting.Right, setting));
        }
    }

    /// <summary>The member around a node; for a field's initializer the type.</summary>
    private static SyntaxNode Scope(SyntaxNode node)
    {
        MemberDeclarationSyntax? member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member switch
        {
            null or GlobalStatementSyntax => node.SyntaxTree.GetRoot(),
            BaseFieldDeclarationSyntax => member.Parent ?? member,
            _ => member,
        };
    }

    private bool Has(string property, Func<ExpressionSyntax, bool> value) => _settings.Any(setting => setting.Property == property && value(setting.Value));

    private static bool IsClosed(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax suppressed => IsClosed(suppressed.Operand),
        CastExpressionSyntax cast => IsClosed(cast.Expression),
        LiteralExpressionSyntax literal => IsText(literal, "null") || IsText(literal, "default"),
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == "ThrowingResolver",
        ObjectCreationExpressionSyntax creation => LastName(creation.Type) is "XmlSecureResolver" or "XmlPreloadedResolver",
        _ => false,
    };

    private static bool IsText(ExpressionSyntax value, string text) => value.WithoutTrivia().ToString() == text;

    private static string? LastName(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        _ => null,
    };
}
