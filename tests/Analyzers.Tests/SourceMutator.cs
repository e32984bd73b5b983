using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace SecurityToolchain.Analyzers.Tests;

/// <summary>Breaks a source the way that typing does: tokens go missing, come twice, change places or names, or the file ends early. A fixed seed breaks it the same way each time.</summary>
#pragma warning disable CA5394, RS0030 // A fixed seed makes the same mistakes each time.
internal sealed class SourceMutator(int seed)
{
    private static readonly string[] s_inserted = ["(", ")", "{", "}", ";", ".", "=>", "<", "await", "new", "out", "case", "\"", "$\"{", "this", "=", "?", "ref", "base", "yield", "with", "[", "]", ","];

    private readonly Random _random = new(seed);

    /// <summary>The source with one to six mistakes.</summary>
    public string Break(string source)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(static token => !token.Span.IsEmpty)];
        if (tokens.Length < 2)
            return source;
        var changes = new SortedDictionary<int, TextChange>();
        int wanted = 1 + _random.Next(6);
        for (int i = 0; i < wanted; i++)
        {
            int at = _random.Next(tokens.Length - 1);
            SyntaxToken token = tokens[at];
            TextChange change = _random.Next(6) switch
            {
                0 or 1 => new TextChange(token.Span, ""),
                2 => new TextChange(new TextSpan(token.Span.End, 0), " " + token.Text),
                3 => new TextChange(token.Span, tokens[_random.Next(tokens.Length)].Text),
                4 => new TextChange(token.Span, tokens[at + 1].Text + " " + token.Text),
                _ => new TextChange(new TextSpan(token.SpanStart, 0), s_inserted[_random.Next(s_inserted.Length)] + " "),
            };
            changes[token.SpanStart] = change;
        }

        // Two changes at one token would overlap; the later one of the two counts.
        string broken = SourceText.From(source).WithChanges(changes.Values).ToString();
        return _random.Next(8) == 0 ? broken[.._random.Next(broken.Length)] : broken;
    }
}
