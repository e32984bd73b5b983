using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>The command that a text belongs to, and where statements about the command can be put.</summary>
internal sealed class SqlCommandTarget
{
    private SqlCommandTarget(string receiver, ITypeSymbol type, StatementSyntax statement, BlockSyntax? block, bool hasAddWithValue)
    {
        Receiver = receiver;
        Statement = statement;
        Block = block;
        HasAddWithValue = hasAddWithValue;
        string space = type.ContainingNamespace?.ToDisplayString() ?? string.Empty;
        Style = space switch
        {
            _ when space.StartsWith("Oracle.", System.StringComparison.Ordinal) || space == "System.Data.OracleClient" => SqlParameterStyle.Colon,
            "System.Data.Odbc" or "System.Data.OleDb" => SqlParameterStyle.Positional,
            _ => SqlParameterStyle.At,
        };
    }

    /// <summary>The expression for the command, for example <c>command</c> or <c>adapter.SelectCommand</c>.</summary>
    public string Receiver { get; }

    /// <summary>The statement that makes the command or sets its text.</summary>
    public StatementSyntax Statement { get; }

    /// <summary>The block of a <c>using</c> statement that declares the command; parameters are added at its start.</summary>
    public BlockSyntax? Block { get; }

    /// <summary>Whether the provider's parameter collection has <c>AddWithValue</c>.</summary>
    public bool HasAddWithValue { get; }

    /// <summary>How the provider marks parameters.</summary>
    public SqlParameterStyle Style { get; }

    /// <summary>What stands before a parameter's name in the text.</summary>
    public string Prefix => Style switch { SqlParameterStyle.At => "@", SqlParameterStyle.Colon => ":", _ => "?" };

    /// <summary>Finds the command for the expression that is its text; null when it has no name or there is no place for a statement.</summary>
    public static SqlCommandTarget? Find(ExpressionSyntax text, SemanticModel model, CancellationToken cancellation)
    {
        switch (text.Parent)
        {
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax access, Parent: ExpressionStatementSyntax statement }
                when IsStable(access.Expression):
                return Create(access.Expression.WithoutTrivia().ToString(), model.GetTypeInfo(access.Expression, cancellation).Type, statement, null, model);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } }:
                return FromCreation(creation, model, cancellation);
            case ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation }:
                return FromCreation(creation, model, cancellation);
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateCommand" } } invocation }:
                return FromCreation(invocation, model, cancellation);
            default:
                return null;
        }
    }

    /// <summary>Names of parameters that the surrounding code adds to the command already.</summary>
    public IEnumerable<string> TakenNames()
    {
        SyntaxNode? scope = Statement.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (scope is null or GlobalStatementSyntax)
            scope = Statement.SyntaxTree.GetRoot();
        return scope.DescendantNodes().OfType<LiteralExpressionSyntax>()
            .Select(static literal => literal.Token.Value as string)
            .Where(static value => value is { Length: > 1 } && value[0] is '@' or ':')
            .Select(static value => value!.Substring(1))
            .Where(static value => value.All(static c => char.IsLetterOrDigit(c) || c == '_'));
    }

    private static SqlCommandTarget? FromCreation(ExpressionSyntax creation, SemanticModel model, CancellationToken cancellation)
    {
        ITypeSymbol? type = model.GetTypeInfo(creation, cancellation).Type;
        if (type is null)
            return null;
        bool isAdapter = type.AllInterfaces.Any(static one => one.Name == "IDataAdapter");
        string suffix = isAdapter ? ".SelectCommand" : string.Empty;
        if (isAdapter)
            type = FindProperty(type, "SelectCommand")?.Type;
        switch (creation.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator }:
                string name = declarator.Identifier.ValueText + suffix;
                return declaration.Parent switch
                {
                    LocalDeclarationStatementSyntax local => Create(name, type, local, null, model),
                    UsingStatementSyntax { Statement: BlockSyntax block } used => Create(name, type, used, block, model),
                    UsingStatementSyntax { Statement: UsingStatementSyntax inner } used when InnermostBlock(inner) is { } block => Create(name, type, used, block, model),
                    _ => null,
                };
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement } assignment when IsStable(assignment.Left):
                return Create(assignment.Left.WithoutTrivia() + suffix, type, statement, null, model);
            default:
                return null;
        }
    }

    private static BlockSyntax? InnermostBlock(UsingStatementSyntax used) => used.Statement switch
    {
        BlockSyntax block => block,
        UsingStatementSyntax inner => InnermostBlock(inner),
        _ => null,
    };

    private static SqlCommandTarget? Create(string receiver, ITypeSymbol? type, StatementSyntax statement, BlockSyntax? block, SemanticModel model)
    {
        if (type is null || (block is null && statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)))
            return null;
        IPropertySymbol? parameters = FindProperty(type, "Parameters");
        if (parameters is null)
            return null;
        bool hasAddWithValue = false;
        for (ITypeSymbol? current = parameters.Type; current is not null && !hasAddWithValue; current = current.BaseType)
        {
            hasAddWithValue = current.GetMembers("AddWithValue").OfType<IMethodSymbol>()
                .Any(one => one.Parameters.Length == 2 && one.Parameters[0].Type.SpecialType == SpecialType.System_String && model.Compilation.IsSymbolAccessibleWithin(one, model.Compilation.Assembly));
        }

        return new SqlCommandTarget(receiver, type, statement, block, hasAddWithValue);
    }

    private static IPropertySymbol? FindProperty(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(static one => one.ExplicitInterfaceImplementations.IsEmpty) is { } found)
                return found;
        }

        return type.AllInterfaces.SelectMany(one => one.GetMembers(name)).OfType<IPropertySymbol>().FirstOrDefault();
    }

    private static bool IsStable(ExpressionSyntax receiver) => receiver switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsStable(access.Expression),
        _ => false,
    };
}
