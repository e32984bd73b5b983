using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SecurityToolchain.Analyzers.Rules.Files.Toctou;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Files.Toctou;

/// <summary>An operation that fails when the answer has changed: tries it and does in the handler what the other answer led to.</summary>
internal static class TryInstead
{
    private const string Title = "Try the operation and handle its failure";

    public static RaceRewrite? Rewrite(RaceSite race)
    {
        if (!race.AsksExistence || !race.IsAlone || race.Condition is null)
            return null;
        bool needsPresence = race.Answer && race.Kind is UseKind.Open or UseKind.Source or UseKind.Delete or UseKind.Permissions;
        bool needsAbsence = !race.Answer && race.Kind == UseKind.Target;
        if (!needsPresence && !needsAbsence)
            return null;
        return race.Condition.Parent switch
        {
            IfStatementSyntax choice => Statement(race, choice),
            ConditionalExpressionSyntax choice => Expression(race, choice),
            _ => null,
        };
    }

    private static RaceRewrite? Statement(RaceSite race, IfStatementSyntax choice)
    {
        bool thenIsTaken = race.IsPositive == race.Answer;
        StatementSyntax? taken = thenIsTaken ? choice.Statement : choice.Else?.Statement;
        StatementSyntax? other = thenIsTaken ? choice.Else?.Statement : choice.Statement;
        if (taken is not null && taken.Span.Contains(race.Use.Span))
            return HasYield(choice) ? null : ReplaceStatement(choice, Attempt(race, [.. Statements(taken)], other));

        // if (!exists) return; the rest of the block works with the file
        if (thenIsTaken || choice.Else is not null || !Leaves(choice.Statement) || choice.Parent is not BlockSyntax block || !block.Span.Contains(race.Use.Span))
            return null;
        int index = block.Statements.IndexOf(choice);
        StatementSyntax[] rest = [.. block.Statements.Skip(index + 1)];
        if (rest.Length == 0 || rest.Any(HasYield) || rest.Any(static statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax))
            return null;
        StatementSyntax attempt = Attempt(race, rest, choice.Statement).WithTriviaFrom(choice).WithAdditionalAnnotations(Formatter.Annotation);
        BlockSyntax changed = block.WithStatements([.. block.Statements.Take(index), attempt]);
        return new RaceRewrite(Title, root => root.ReplaceNode(block, changed), ["System.IO"]);
    }

    private static RaceRewrite? Expression(RaceSite race, ConditionalExpressionSyntax choice)
    {
        bool trueIsTaken = race.IsPositive == race.Answer;
        ExpressionSyntax taken = trueIsTaken ? choice.WhenTrue : choice.WhenFalse;
        ExpressionSyntax other = trueIsTaken ? choice.WhenFalse : choice.WhenTrue;
        if (!taken.Span.Contains(race.Use.Span))
            return null;
        switch (choice.Parent)
        {
            case ReturnStatementSyntax result:
                return ReplaceStatement(result, Attempt(race, [Result(taken)], Result(other)));

            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } when race.Model.GetDeclaredSymbol(method) is { ReturnsVoid: false }:
                BlockSyntax body = SyntaxFactory.Block(Attempt(race, [Result(taken)], Result(other)))
                    .WithTrailingTrivia(method.SemicolonToken.TrailingTrivia);
                MethodDeclarationSyntax replaced = method.WithExpressionBody(null).WithSemicolonToken(default)
                    .WithParameterList(method.ParameterList.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed))
                    .WithBody(body.WithAdditionalAnnotations(Formatter.Annotation));
                return new RaceRewrite(Title, root => root.ReplaceNode(method, replaced), ["System.IO"]);

            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement } assignment:
                string target = assignment.Left.ToString();
                return ReplaceStatement(statement, Attempt(race, [Assign(target, taken)], Assign(target, other)));

            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local } } variable }
                when local.Parent is BlockSyntax block && local.UsingKeyword.IsKind(SyntaxKind.None) && race.Model.GetDeclaredSymbol(variable) is ILocalSymbol symbol:
                string name = variable.Identifier.ValueText;
                StatementSyntax declaration = SyntaxFactory.ParseStatement(TypeName(race, choice, local, symbol) + " " + name + ";\n")
                    .WithLeadingTrivia(local.GetLeadingTrivia())
                    .WithAdditionalAnnotations(Formatter.Annotation);
                StatementSyntax attempt = Attempt(race, [Assign(name, taken)], Assign(name, other))
                    .WithTrailingTrivia(local.GetTrailingTrivia())
                    .WithAdditionalAnnotations(Formatter.Annotation);
                return new RaceRewrite(
                    Title, root => root.ReplaceNode(block, block.ReplaceNode(local, [declaration, attempt])), ["System.IO"]);

            default:
                return null;
        }
    }

    private static string TypeName(RaceSite race, ConditionalExpressionSyntax value, LocalDeclarationStatementSyntax local, ILocalSymbol symbol)
    {
        if (!local.Declaration.Type.IsVar)
            return local.Declaration.Type.ToString();

        // The type of a 'var' is always nullable; what the conditional gives says whether it needs to be.
        ITypeSymbol type = race.Model.GetTypeInfo(value).Nullability.FlowState == NullableFlowState.NotNull
            ? symbol.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
            : symbol.Type;
        return type.ToMinimalDisplayString(race.Model, local.SpanStart);
    }

    private static RaceRewrite ReplaceStatement(StatementSyntax old, StatementSyntax attempt)
    {
        StatementSyntax changed = attempt.WithTriviaFrom(old).WithAdditionalAnnotations(Formatter.Annotation);
        return new RaceRewrite(Title, root => root.ReplaceNode(old, changed), ["System.IO"]);
    }

    private static TryStatementSyntax Attempt(RaceSite race, StatementSyntax[] taken, StatementSyntax? other)
    {
        string header = race.Answer
            ? CatchMissing(race)
            : $"catch (IOException) when ({race.Check.ToString()})";
        var skeleton = (TryStatementSyntax)SyntaxFactory.ParseStatement("try\n{\n}\n" + header + "\n{\n}\n");
        BlockSyntax handler = skeleton.Catches[0].Block.WithStatements(other is null ? default : [.. Statements(other)]);
        return skeleton
            .WithBlock(skeleton.Block.WithStatements([.. taken]))
            .WithCatches([skeleton.Catches[0].WithBlock(handler)]);
    }

    private static string CatchMissing(RaceSite race)
    {
        if (race.CheckKind == CheckKind.DirectoryExists)
            return "catch (DirectoryNotFoundException)";
        string name = FreeName.Near(race.Use, "error");
        return $"catch (IOException {name}) when ({name} is FileNotFoundException or DirectoryNotFoundException)";
    }

    private static SyntaxList<StatementSyntax> Statements(StatementSyntax statement) =>
        statement is BlockSyntax block ? block.Statements : [statement];

    private static StatementSyntax Result(ExpressionSyntax value) => SyntaxFactory.ParseStatement("return " + value + ";\n");

    private static StatementSyntax Assign(string target, ExpressionSyntax value) => SyntaxFactory.ParseStatement(target + " = " + value + ";\n");

    private static bool Leaves(StatementSyntax statement) =>
        Statements(statement).LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax;

    private static bool HasYield(SyntaxNode node) => node.DescendantNodesAndSelf().Any(static inner => inner is YieldStatementSyntax);
}
