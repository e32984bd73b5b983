using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Says which pairs of answer and operation are races, and which the code already copes with.</summary>
internal static class RacePolicy
{
    /// <summary>Whether an operation that is reached only on this answer can be raced to somebody's advantage.</summary>
    public static bool IsRace(CheckOutcome outcome, UseKind use, SyntaxNode place)
    {
        if (use == UseKind.CreateNew)
            return false;
        bool exclusiveOrMissing = outcome.Check.Kind switch
        {
            CheckKind.Trust => use != UseKind.CreateDirectory,
            CheckKind.Property => use != UseKind.CreateDirectory && !IsHandled(use, place),
            CheckKind.DirectoryExists when use == UseKind.CreateDirectory => !outcome.Positive && WantsNewDirectory(outcome.Check.Syntax),
            _ when use == UseKind.CreateDirectory => false,
            _ when outcome.Positive => !IsHandled(use, place),
            _ => use is UseKind.Write or UseKind.Target && !IsHandled(use, place),
        };
        return exclusiveOrMissing;
    }

    /// <summary>
    /// Whether the operation fails when the answer has changed, and the failure is caught around it. A write succeeds either way, so that
    /// catching helps nothing there.
    /// </summary>
    public static bool IsHandled(UseKind use, SyntaxNode place)
    {
        if (use == UseKind.Write)
            return false;
        SyntaxNode inner = place;
        foreach (SyntaxNode node in place.Ancestors())
        {
            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax)
                return false;
            if (node is TryStatementSyntax attempt && attempt.Block == inner)
            {
                foreach (CatchClauseSyntax clause in attempt.Catches)
                {
                    if (Catches(clause))
                        return true;
                }
            }

            inner = node;
        }

        return false;
    }

    private static bool Catches(CatchClauseSyntax clause)
    {
        string? type = clause.Declaration?.Type switch
        {
            null => "Exception",
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => null,
        };
        if (type is not ("Exception" or "SystemException" or "IOException" or "FileNotFoundException" or "DirectoryNotFoundException"))
            return false;

        // Catching to say so and rethrow leaves the race to the caller.
        return clause.Block.Statements.LastOrDefault() is not ThrowStatementSyntax { Expression: null };
    }

    /// <summary>
    /// Creating a directory that is there already succeeds, so that a check before it is only redundant, unless the code needs a new
    /// one: it throws when the name is taken, or tries names until one is free.
    /// </summary>
    private static bool WantsNewDirectory(SyntaxNode check)
    {
        foreach (SyntaxNode node in check.AncestorsAndSelf())
        {
            switch (node)
            {
                case IfStatementSyntax choice when choice.Condition.Span.Contains(check.Span):
                    return LastStatement(choice.Statement) is ThrowStatementSyntax && !choice.Condition.IsKind(SyntaxKind.LogicalNotExpression);
                case WhileStatementSyntax loop:
                    return loop.Condition.Span.Contains(check.Span);
                case DoStatementSyntax loop:
                    return loop.Condition.Span.Contains(check.Span);
                case ForStatementSyntax loop when loop.Condition is { } condition:
                    return condition.Span.Contains(check.Span);
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    private static StatementSyntax? LastStatement(StatementSyntax statement) =>
        statement is BlockSyntax block ? block.Statements.LastOrDefault() : statement;
}
