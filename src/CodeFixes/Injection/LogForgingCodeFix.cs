using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1015: a constant template with arguments for structured loggers, no line breaks for plain-text logs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LogForgingCodeFix)), Shared]
public sealed class LogForgingCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1015");

    private protected override string Title => "Keep the input out of the message template";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (sink.Parent is not ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } message || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return null;
        if (!TakesArguments(method))
        {
            return model.Compilation.GetSpecialType(SpecialType.System_String).GetMembers("ReplaceLineEndings").IsEmpty
                ? null
                : TextParts.Wrap(root, TextParts.Composed(sink, model), model, static value => value + ".ReplaceLineEndings(\"\")");
        }

        // What follows the message already belongs to placeholders in it.
        if (list.Arguments.Last() != message || list.Arguments.Any(static argument => argument.NameColon is not null))
            return null;
        ExpressionSyntax composed = TextParts.Composed(sink, model);
        if (MessageTemplate.Read(composed, model) is not { } template)
            return null;
        ArgumentListSyntax changed = list.WithArguments(SyntaxFactory.SeparatedList(list.Arguments.Take(list.Arguments.Count - 1)
            .Append(message.WithExpression(template.Literal.WithTriviaFrom(sink)))
            .Concat(template.Arguments.Select(static argument => SyntaxFactory.Argument(argument).WithLeadingTrivia(SyntaxFactory.Space)))));
        return root.ReplaceNode(list, changed.WithArguments(WithSpaces(changed.Arguments)));
    }

    private static SeparatedSyntaxList<ArgumentSyntax> WithSpaces(SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        SyntaxFactory.SeparatedList(
            arguments.Select(static (argument, index) => index == 0 ? argument : argument.WithLeadingTrivia(SyntaxFactory.Space)),
            Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken), arguments.Count - 1));

    /// <summary>Whether the method takes values for placeholders; NLog and Serilog have generic overloads beside the one with params.</summary>
    private static bool TakesArguments(IMethodSymbol method)
    {
        IMethodSymbol definition = method.ReducedFrom ?? method;
        return definition.Parameters.Any(static parameter => parameter.IsParams)
            || definition.ContainingType.GetMembers(definition.Name).OfType<IMethodSymbol>().Any(static other => other.Parameters.Any(static parameter => parameter.IsParams) && other.ContainingNamespace.ToDisplayString() is "Serilog" or "NLog");
    }
}
