using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>
/// Fixes STC1005: joins folder and input with SafePath of the Runtime library, which refuses what leaves the folder; without the library the input is
/// reduced to its file name.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PathTraversalCodeFix)), Shared]
public sealed class PathTraversalCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1005");

    private protected override string Title => "Keep the path in its folder";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        ExpressionSyntax path = PathExpression.Find(root, sink, diagnostic, model);
        if (path is InvocationExpressionSyntax combine && PathExpression.IsCombine(combine, model))
            return SafeCombine.Rewrite(root, combine, model) ?? FileNames(root, combine.ArgumentList.Arguments.Skip(1).Select(static argument => argument.Expression), model);
        return path is BinaryExpressionSyntax or InterpolatedStringExpressionSyntax ? FileNames(root, TextParts.Parts(path), model) : null;
    }

    private static CompilationUnitSyntax? FileNames(CompilationUnitSyntax root, IEnumerable<ExpressionSyntax> parts, SemanticModel model)
    {
        // Only what comes last may be a file name; input that names folders needs a decision.
        ExpressionSyntax[] values = [.. parts.Where(part => !model.GetConstantValue(part).HasValue)];
        if (values.Length == 0 || model.GetTypeInfo(values[values.Length - 1]).Type?.SpecialType is not SpecialType.System_String)
            return null;
        ExpressionSyntax value = values[values.Length - 1];
        ExpressionSyntax name = SyntaxFactory.ParseExpression("Path.GetFileName(" + value.WithoutTrivia() + ")").WithTriviaFrom(value);
        return UsingDirectives.Add(root.ReplaceNode(value, name), "System.IO", model);
    }
}
