using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Rules.Files.Toctou;

namespace SecurityToolchain.CodeFixes.Files.Toctou;

/// <summary>Check and use of one finding, and how the one leads to the other.</summary>
internal sealed class RaceSite
{
    public RaceSite(ExpressionSyntax use, UseKind kind, ExpressionSyntax check, CheckKind checkKind, bool answer, SemanticModel model)
    {
        Use = use;
        Kind = kind;
        Check = check;
        CheckKind = checkKind;
        Answer = answer;
        Model = model;
        Condition = ConditionOf(check, out bool positive, out bool isAlone);
        IsPositive = positive;
        IsAlone = isAlone;
    }

    /// <summary>The operation.</summary>
    public ExpressionSyntax Use { get; }

    /// <summary>What the operation does.</summary>
    public UseKind Kind { get; }

    /// <summary>The check.</summary>
    public ExpressionSyntax Check { get; }

    /// <summary>What is checked.</summary>
    public CheckKind CheckKind { get; }

    /// <summary>The answer on which the operation is reached.</summary>
    public bool Answer { get; }

    /// <summary>The model of the file.</summary>
    public SemanticModel Model { get; }

    /// <summary>The whole condition that holds the check, or null when the check is not part of a condition that decides on the use.</summary>
    public ExpressionSyntax? Condition { get; }

    /// <summary>Whether the condition holds when the check says yes.</summary>
    public bool IsPositive { get; }

    /// <summary>Whether the condition consists of the check only, negation aside.</summary>
    public bool IsAlone { get; }

    /// <summary>Whether the check asks for existence, so that the operation itself can tell the same by failing.</summary>
    public bool AsksExistence => CheckKind is CheckKind.FileExists or CheckKind.DirectoryExists;

    /// <summary>The text of the path in the check, for comparing with arguments.</summary>
    public string? CheckedPath => Check switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ } path] } => path.Expression.ToString(),
        MemberAccessExpressionSyntax member => member.Expression.ToString(),
        _ => null,
    };

    /// <summary>The symbol of a method that is called, or of the constructor.</summary>
    public IMethodSymbol? Member => Model.GetSymbolInfo(Use).Symbol as IMethodSymbol;

    /// <summary>Whether every way to the operation goes through the reported answer: no <c>||</c> lets another condition lead there.</summary>
    public bool IsDecidedByCheckAlone()
    {
        bool positive = true;
        for (SyntaxNode? node = Check; node is ExpressionSyntax; node = node.Parent)
        {
            switch (node.Parent)
            {
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }:
                    positive = !positive;
                    break;
                case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.LogicalOrExpression) && positive == Answer:
                    return false;
                case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.LogicalAndExpression) && positive != Answer:
                    return false;
            }
        }

        return true;
    }

    private static ExpressionSyntax? ConditionOf(ExpressionSyntax check, out bool positive, out bool isAlone)
    {
        positive = true;
        isAlone = true;
        ExpressionSyntax current = check;
        while (true)
        {
            switch (current.Parent)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    current = parenthesized;
                    break;
                case AwaitExpressionSyntax awaited:
                    current = awaited;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured }:
                    current = configured;
                    break;
                case PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression):
                    positive = !positive;
                    current = not;
                    break;
                case BinaryExpressionSyntax comparison when comparison.IsKind(SyntaxKind.EqualsExpression) && BoolLiteral(comparison.Right) is { } literal:
                    positive = positive == literal;
                    current = comparison;
                    break;
                case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax constant } pattern when BoolLiteral(constant.Expression) is { } literal:
                    positive = positive == literal;
                    current = pattern;
                    break;
                case BinaryExpressionSyntax logical when logical.IsKind(SyntaxKind.LogicalAndExpression) || logical.IsKind(SyntaxKind.LogicalOrExpression):
                    isAlone = false;
                    current = logical;
                    break;
                case IfStatementSyntax choice when choice.Condition == current:
                    return current;
                case ConditionalExpressionSyntax choice when choice.Condition == current:
                    return current;
                default:
                    return null;
            }
        }
    }

    private static bool? BoolLiteral(ExpressionSyntax expression) => expression.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => true,
        SyntaxKind.FalseLiteralExpression => false,
        _ => null,
    };
}
