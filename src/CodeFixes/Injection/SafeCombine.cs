using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Replaces Path.Combine by SafePath.Combine of the Runtime library.</summary>
internal static class SafeCombine
{
    /// <summary>The file with the call replaced, or null where the library is not referenced.</summary>
    public static CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, InvocationExpressionSyntax combine, SemanticModel model)
    {
        if (model.Compilation.GetTypeByMetadataName("SecurityToolchain.Runtime.Files.SafePath") is null)
            return null;
        ExpressionSyntax[] parts = [.. combine.ArgumentList.Arguments.Select(static argument => argument.Expression)];

        // The folder is what comes before the first part that is not constant, the first part always belongs to it.
        int input = 1;
        while (input < parts.Length - 1 && model.GetConstantValue(parts[input]).HasValue)
            input++;
        string folder = Join(parts.Take(input).ToArray());
        string rest = Join(parts.Skip(input).ToArray());
        ExpressionSyntax safe = SyntaxFactory.ParseExpression("SafePath.Combine(" + folder + ", " + rest + ")").WithTriviaFrom(combine);
        return UsingDirectives.Add(root.ReplaceNode(combine, safe), "SecurityToolchain.Runtime.Files", model);
    }

    private static string Join(ExpressionSyntax[] parts) => parts.Length == 1
        ? parts[0].WithoutTrivia().ToString()
        : "Path.Combine(" + string.Join(", ", parts.Select(static part => part.WithoutTrivia().ToString())) + ")";
}
