using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Taint.Sinks;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1003: hands the arguments of a program over one by one instead of as a text. Not for shells, which interpret each of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommandInjectionCodeFix)), Shared]
public sealed class CommandInjectionCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1003");

    private protected override string Title => "Pass the arguments as a list";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        ExpressionSyntax text = TextParts.Composed(sink, model);
        if (CommandArguments.Split(text, model) is not { Count: > 0 } arguments)
            return null;
        switch (sink.Parent)
        {
            case ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Arguments: [var program, ..] list, Parent: ExpressionSyntax call } } argument when argument != program && list.Count == 2 && IsProgram(program.Expression, model) && TakesList(call, model):
                return root.ReplaceNode(sink, SyntaxFactory.ParseExpression("new[] { " + string.Join(", ", arguments) + " }").WithTriviaFrom(sink));
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "Arguments" }, Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } } inInitializer when IsProgram(Program(creation), model):
                return root.ReplaceNode(inInitializer, Initializer(arguments).WithTriviaFrom(inInitializer));
            case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Arguments", Expression: var info }, Parent: ExpressionStatementSyntax { Parent: BlockSyntax block } statement } when IsProgram(Program(info, model), model):
                return root.ReplaceNode(block, Add(block, statement, info, arguments));
            default:
                return null;
        }
    }

    /// <summary><c>ArgumentList = { "a", b }</c>, which only an initializer may contain.</summary>
    private static ExpressionSyntax Initializer(IReadOnlyList<string> arguments)
    {
        var creation = (ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression("new X { ArgumentList = { " + string.Join(", ", arguments) + " } }");
        return creation.Initializer!.Expressions[0].WithoutTrivia();
    }

    private static BlockSyntax Add(BlockSyntax block, ExpressionStatementSyntax statement, ExpressionSyntax info, IReadOnlyList<string> arguments)
    {
        int index = block.Statements.IndexOf(statement);
        IEnumerable<StatementSyntax> calls = arguments.Select(argument =>
            SyntaxFactory.ParseStatement(info.WithoutTrivia() + ".ArgumentList.Add(" + argument + ");").WithLeadingTrivia(statement.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(statement.GetTrailingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
        return block.WithStatements(block.Statements.RemoveAt(index).InsertRange(index, calls.Select((call, number) => number == 0 ? call.WithLeadingTrivia(statement.GetLeadingTrivia()) : call)));
    }

    /// <summary>The program of a start info: the first argument of its constructor or its FileName.</summary>
    private static ExpressionSyntax? Program(BaseObjectCreationExpressionSyntax creation) =>
        creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression
        ?? creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(static one => one.Left is IdentifierNameSyntax { Identifier.ValueText: "FileName" })?.Right;

    private static ExpressionSyntax? Program(ExpressionSyntax info, SemanticModel model)
    {
        if (model.GetSymbolInfo(info).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] } && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax creation } && Program(creation) is { } declared)
            return declared;
        string text = info.WithoutTrivia().ToString();
        SyntaxNode scope = info.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not GlobalStatementSyntax) ?? info.SyntaxTree.GetRoot();
        return scope.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(one => one.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FileName", Expression: var owner } && owner.ToString() == text)?.Right;
    }

    private static bool IsProgram(ExpressionSyntax? program, SemanticModel model) =>
        program is not null && model.GetConstantValue(program) is { HasValue: true, Value: string name } && !CommandSinks.RunsArguments(name);

    /// <summary>Whether there is an overload that takes the arguments one by one.</summary>
    private static bool TakesList(ExpressionSyntax call, SemanticModel model) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { Name: "Process" or "ProcessStartInfo" } type } method
        && type.GetMembers(method.Name).OfType<IMethodSymbol>().Any(static one => one.Parameters.Length == 2 && one.Parameters[1].Type is INamedTypeSymbol { Name: "IEnumerable", TypeArguments: [{ SpecialType: SpecialType.System_String }] });
}
