using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SecurityToolchain.Analyzers.Rules.Files.Toctou;

namespace SecurityToolchain.CodeFixes.Files.Toctou;

/// <summary>
/// A check in front of an operation that needs none: <c>File.Delete</c> does nothing when there is no file, a move or copy overwrites in
/// one step, and appending creates.
/// </summary>
internal static class RedundantCheck
{
    public static RaceRewrite? Rewrite(RaceSite race)
    {
        if (!race.Answer || !race.AsksExistence || race.Condition?.Parent is not IfStatementSyntax choice || race.Member is not { } member)
            return null;
        return AppendOrCreate(race, choice, member) ?? (choice.Else is null && race.IsPositive ? Delete(race, choice, member) : null);
    }

    private static RaceRewrite? Delete(RaceSite race, IfStatementSyntax choice, IMethodSymbol member)
    {
        if (member.Name != "Delete" || member.ContainingType.Name is not ("File" or "FileInfo" or "FileSystemInfo" or "IFile" or "FileBase" or "IFileInfo"))
            return null;
        if (Only(choice.Statement) is not ExpressionStatementSyntax { Expression: { } only } || only != race.Use)
            return null;
        if (!race.IsAlone)
            return WithoutCheck(race, choice);

        StatementSyntax statement = Only(choice.Statement)!;
        if (Following(choice) is { } next && OverwrittenBy(race, next) is { } overwriting)
        {
            StatementSyntax moved = overwriting.WithLeadingTrivia(choice.GetLeadingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
            return new RaceRewrite(
                "Overwrite in one step",
                root => root.ReplaceNodes([choice, next], (old, _) => old == next ? moved : Removed) is var changed
                    ? changed.RemoveNodes(changed.GetAnnotatedNodes(RemovedMark), SyntaxRemoveOptions.KeepNoTrivia)!
                    : root,
                []);
        }

        StatementSyntax alone = statement.WithTriviaFrom(choice).WithAdditionalAnnotations(Formatter.Annotation);
        return new RaceRewrite("Remove the check: deleting a file that is not there does nothing", root => root.ReplaceNode(choice, alone), []);
    }

    private static readonly SyntaxAnnotation RemovedMark = new("removed");

    private static StatementSyntax Removed => SyntaxFactory.EmptyStatement().WithAdditionalAnnotations(RemovedMark);

    private static RaceRewrite? WithoutCheck(RaceSite race, IfStatementSyntax choice)
    {
        if (race.Check.Parent is not BinaryExpressionSyntax and || !and.IsKind(SyntaxKind.LogicalAndExpression))
            return null;
        for (SyntaxNode? node = and; node != choice; node = node.Parent)
        {
            if (node is not BinaryExpressionSyntax chain || !chain.IsKind(SyntaxKind.LogicalAndExpression))
                return null;
        }

        ExpressionSyntax other = and.Left == race.Check ? and.Right : and.Left;
        return new RaceRewrite(
            "Remove the check: deleting a file that is not there does nothing", root => root.ReplaceNode(and, other.WithTriviaFrom(and)), []);
    }

    /// <summary>The following move or copy onto the path that is being deleted, with the flag to overwrite.</summary>
    private static StatementSyntax? OverwrittenBy(RaceSite race, StatementSyntax next)
    {
        if (next is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
            || race.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol { Name: "Move" or "Copy" } method
            || method.ContainingType.ToDisplayString() != "System.IO.File"
            || call.ArgumentList.Arguments.Count != 2
            || call.ArgumentList.Arguments[1].Expression.ToString() != race.CheckedPath
            || !method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(static overload => overload.Parameters.Length == 3))
        {
            return null;
        }

        ArgumentSyntax flag = SyntaxFactory.Argument(SyntaxFactory.NameColon("overwrite"), default, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));
        return next.ReplaceNode(call, call.AddArgumentListArguments(flag.NormalizeWhitespace()));
    }

    /// <summary><c>if (exists) append(x) else write(x)</c>: appending creates the file.</summary>
    private static RaceRewrite? AppendOrCreate(RaceSite race, IfStatementSyntax choice, IMethodSymbol member)
    {
        if (race.Kind != UseKind.Write || !race.IsAlone || choice.Else is null || !member.Name.StartsWith("AppendAll", System.StringComparison.Ordinal))
            return null;
        StatementSyntax? exists = Only(race.IsPositive ? choice.Statement : choice.Else.Statement);
        StatementSyntax? missing = Only(race.IsPositive ? choice.Else.Statement : choice.Statement);
        if (exists is not ExpressionStatementSyntax append || missing is not ExpressionStatementSyntax write || !append.Expression.DescendantNodesAndSelf().Contains(race.Use))
            return null;
        InvocationExpressionSyntax? writes = write.Expression.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault();
        bool same = race.Use is InvocationExpressionSyntax appends && writes is not null
            && SyntaxFactory.AreEquivalent(appends.ArgumentList, writes.ArgumentList)
            && race.Model.GetSymbolInfo(writes).Symbol is IMethodSymbol writer
            && writer.Name == "Write" + member.Name.Substring("Append".Length);
        if (!same)
            return null;
        StatementSyntax alone = append.WithTriviaFrom(choice).WithAdditionalAnnotations(Formatter.Annotation);
        return new RaceRewrite("Remove the check: appending creates the file", root => root.ReplaceNode(choice, alone), []);
    }

    private static StatementSyntax? Only(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [{ } only] } => only,
        BlockSyntax => null,
        _ => statement,
    };

    private static StatementSyntax? Following(StatementSyntax statement)
    {
        if (statement.Parent is not BlockSyntax block)
            return null;
        int index = block.Statements.IndexOf(statement) + 1;
        return index < block.Statements.Count ? block.Statements[index] : null;
    }
}
