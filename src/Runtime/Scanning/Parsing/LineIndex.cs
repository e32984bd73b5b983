using System.Text;

namespace SecurityToolchain.Scanning.Parsing;

/// <summary>Turns byte offsets of a UTF-8 text into lines and columns. Made only when there is something to report.</summary>
public readonly ref struct LineIndex
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly List<int> _starts;

    /// <summary>Indexes a text.</summary>
    /// <param name="text">The text in UTF-8.</param>
    public LineIndex(ReadOnlySpan<byte> text)
    {
        _text = text;
        _starts = [0];
        int at = 0;
        while (true)
        {
            int step = text[at..].IndexOf((byte)'\n');
            if (step < 0)
                break;
            at += step + 1;
            _starts.Add(at);
        }
    }

    /// <summary>The 1-based line and the 1-based column in UTF-16 code units.</summary>
    /// <param name="offset">The offset in bytes; is cut to the text.</param>
    public (int Line, int Column) Position(int offset)
    {
        offset = Math.Clamp(offset, 0, _text.Length);
        int index = _starts.BinarySearch(offset);
        int line = index >= 0 ? index : ~index - 1;
        int start = _starts[line];
        ReadOnlySpan<byte> before = _text[start..offset];
        if (start == 0 && before.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            before = before[3..];
        return (line + 1, Encoding.UTF8.GetCharCount(before) + 1);
    }

    /// <summary>The bytes of a line without its end.</summary>
    /// <param name="line">The 1-based line.</param>
    public ReadOnlySpan<byte> LineText(int line)
    {
        int start = _starts[line - 1];
        int end = line < _starts.Count ? _starts[line] - 1 : _text.Length;
        return _text[start..end];
    }
}
