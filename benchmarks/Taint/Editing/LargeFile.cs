using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Taint.Benchmarks.Editing;

/// <summary>One file of about a thousand lines, made of files of a corpus: few files that people write are that long.</summary>
/// <param name="Text">The text of the file.</param>
/// <param name="Parts">The files of the corpus that it takes the place of.</param>
internal sealed record LargeFile(string Text, IReadOnlyList<SyntaxTree> Parts)
{
    /// <summary>Joins the first files that are alike enough: a namespace for the whole file; their usings move into it.</summary>
    public static LargeFile From(IEnumerable<SyntaxTree> candidates, int lines)
    {
        var body = new StringBuilder();
        var parts = new List<SyntaxTree>();
        int count = 0;
        foreach (SyntaxTree tree in candidates)
        {
            var unit = (CompilationUnitSyntax)tree.GetRoot();
            int length = tree.GetText().Lines.Count;
            if (unit.Externs.Count > 0 || unit.AttributeLists.Count > 0 || count + length > lines + 50
                || unit.Members is not [FileScopedNamespaceDeclarationSyntax { Usings.Count: 0 } scope]
                || unit.Usings.Any(static directive => directive.Alias is not null || directive.GlobalKeyword.ValueText.Length > 0))
            {
                continue;
            }

            body.Append("namespace ").Append(scope.Name).Append("\n{\n").Append(unit.Usings.ToFullString()).Append(scope.Members.ToFullString()).Append("}\n\n");
            parts.Add(tree);
            count += length;
            if (count >= lines - 50)
                break;
        }

        if (count < lines / 2)
            throw new InvalidOperationException($"The files that can be joined have {count} lines; {lines} are wanted.");
        return new LargeFile(body.ToString(), parts);
    }
}
