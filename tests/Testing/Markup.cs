using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace SecurityToolchain.Testing;

/// <summary>
/// Source text with expectations in it: <c>[|span|]</c> is a diagnostic, <c>{|STC1001:span|}</c> one with that id,
/// <c>{|#1:span|}</c> a place that the diagnostics of the test must name as an additional location. Marks may nest.
/// </summary>
public sealed class Markup
{
    private Markup(string text, IReadOnlyList<ExpectedSpan> diagnostics, IReadOnlyList<TextSpan> flowSteps)
    {
        Text = text;
        Diagnostics = diagnostics;
        FlowSteps = flowSteps;
    }

    /// <summary>The source without marks.</summary>
    public string Text { get; }

    /// <summary>Where diagnostics are expected.</summary>
    public IReadOnlyList<ExpectedSpan> Diagnostics { get; }

    /// <summary>Places that must appear among the additional locations.</summary>
    public IReadOnlyList<TextSpan> FlowSteps { get; }

    /// <summary>Parses marked text.</summary>
    /// <exception cref="FormatException">A mark is not closed.</exception>
    public static Markup Parse(string marked)
    {
        ArgumentNullException.ThrowIfNull(marked);
        var text = new StringBuilder(marked.Length);
        var diagnostics = new List<ExpectedSpan>();
        var steps = new List<TextSpan>();
        var open = new Stack<(int Start, string Name)>();

        for (int i = 0; i < marked.Length; i++)
        {
            bool two = i + 1 < marked.Length;
            if (two && marked[i] == '[' && marked[i + 1] == '|')
            {
                open.Push((text.Length, string.Empty));
                i++;
            }
            else if (two && marked[i] == '{' && marked[i + 1] == '|' && marked.IndexOf(':', i) is var colon and > 0 && IsName(marked.AsSpan(i + 2, colon - i - 2)))
            {
                open.Push((text.Length, marked[(i + 2)..colon]));
                i = colon;
            }
            else if (two && marked[i] == '|' && open.Count > 0 && (marked[i + 1] == ']' || marked[i + 1] == '}') && (open.Peek().Name.Length == 0) == (marked[i + 1] == ']'))
            {
                (int start, string name) = open.Pop();
                var span = TextSpan.FromBounds(start, text.Length);
                if (name.StartsWith('#'))
                    steps.Add(span);
                else
                    diagnostics.Add(new ExpectedSpan(name.Length == 0 ? null : name, span));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        if (open.Count > 0)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"A mark that opens at offset {open.Peek().Start} is not closed."));
        return new Markup(text.ToString(), diagnostics, steps);
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 16)
            return false;
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '#')
                return false;
        }

        return true;
    }
}
