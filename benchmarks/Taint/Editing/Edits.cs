using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SecurityToolchain.Taint.Benchmarks.Editing;

/// <summary>What somebody types into one file, one after the other: a statement, a new method, a half-finished line, a comment.</summary>
internal sealed class Edits
{
    private readonly SourceText _original;
    private readonly MethodDeclarationSyntax[] _methods;

    public Edits(SourceText original)
    {
        _original = original;
        _methods =
        [
            .. CSharpSyntaxTree.ParseText(original).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(static method => method.Body is not null && method.Parent is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax),
        ];
        if (_methods.Length == 0)
            throw new InvalidOperationException("The file has no method to edit.");
    }

    /// <summary>The file after an edit of its original text.</summary>
    public SourceText Apply(int number)
    {
        MethodDeclarationSyntax method = _methods[number * 7 % _methods.Length];
        string name = "edited" + number.ToString(CultureInfo.InvariantCulture);
        int inside = method.Body!.OpenBraceToken.Span.End;
        int after = method.Span.End;
        return (number % 4) switch
        {
            0 => Insert(inside, $"\n        string {name} = \"text {name}\";"),
            1 => Insert(after, $"\n\n    private static string Method{name}(string first, int second) => first.Substring(second) + \"{name}\";\n"),
            2 => Insert(inside, $"\n        string.Concat({name}.Whatever(, \"x\""),
            _ => Insert(inside, $" // {name}"),
        };
    }

    private SourceText Insert(int position, string text) => _original.WithChanges(new TextChange(new TextSpan(position, 0), text));
}
