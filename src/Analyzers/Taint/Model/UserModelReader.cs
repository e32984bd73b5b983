using System.Collections.Generic;
using System.Text;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>
/// Reads a model file: an object of arrays of flat objects with text values, with <c>//</c> comments and trailing commas. Values nest no
/// deeper than that, so that the reader needs no recursion and every value has a position for messages.
/// </summary>
internal sealed class UserModelReader(string text)
{
    private int _position;

    /// <summary>Reads until the end or the first error.</summary>
    /// <param name="error">Where the text stops to be understood, and what was expected there.</param>
    public IReadOnlyList<UserRow> Read(out (int Position, string Expected)? error)
    {
        var rows = new List<UserRow>();
        error = null;
        string? expected = ReadSections(rows);
        if (expected is not null)
            error = (_position, expected);
        return rows;
    }

    private string? ReadSections(List<UserRow> rows)
    {
        if (!Take('{'))
            return "'{'";
        while (!Take('}'))
        {
            if (ReadText() is not { } section)
                return "the name of a section in quotes, or '}'";
            if (!Take(':'))
                return "':'";
            if (!Take('['))
                return "'['";
            while (!Take(']'))
            {
                if (ReadRow(section, rows) is { } expected)
                    return expected;
                if (!Take(',') && !IsNext(']'))
                    return "',' or ']'";
            }

            if (!Take(',') && !IsNext('}'))
                return "',' or '}'";
        }

        SkipSpace();
        return _position < text.Length ? "the end of the file" : null;
    }

    private string? ReadRow(string section, List<UserRow> rows)
    {
        SkipSpace();
        int start = _position;
        if (!Take('{'))
            return "'{'";
        var values = new Dictionary<string, string>(System.StringComparer.Ordinal);
        while (!Take('}'))
        {
            if (ReadText() is not { } key)
                return "a key in quotes, or '}'";
            if (!Take(':'))
                return "':'";
            if ((ReadText() ?? ReadWord()) is not { } value)
                return "a text in quotes, true or false";
            values[key] = value;
            if (!Take(',') && !IsNext('}'))
                return "',' or '}'";
        }

        rows.Add(new UserRow(section, values, start));
        return null;
    }

    private string? ReadWord()
    {
        SkipSpace();
        foreach (string word in new[] { "true", "false" })
        {
            if (string.CompareOrdinal(text, _position, word, 0, word.Length) == 0)
            {
                _position += word.Length;
                return word;
            }
        }

        return null;
    }

    private string? ReadText()
    {
        if (!IsNext('"'))
            return null;
        int position = _position + 1;
        var result = new StringBuilder();
        while (position < text.Length && text[position] != '"')
        {
            char c = text[position++];
            if (c is '\n' or '\r')
                return null;
            if (c == '\\')
            {
                if (position >= text.Length || text[position] is not ('"' or '\\' or '/'))
                    return null;
                c = text[position++];
            }

            result.Append(c);
        }

        if (position >= text.Length)
            return null;
        _position = position + 1;
        return result.ToString();
    }

    private bool Take(char c)
    {
        if (!IsNext(c))
            return false;
        _position++;
        return true;
    }

    private bool IsNext(char c)
    {
        SkipSpace();
        return _position < text.Length && text[_position] == c;
    }

    private void SkipSpace()
    {
        while (_position < text.Length)
        {
            if (char.IsWhiteSpace(text[_position]))
            {
                _position++;
            }
            else if (text[_position] == '/' && _position + 1 < text.Length && text[_position + 1] == '/')
            {
                while (_position < text.Length && text[_position] != '\n')
                    _position++;
            }
            else
            {
                break;
            }
        }
    }
}
