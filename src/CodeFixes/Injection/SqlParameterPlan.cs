using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>
/// A SQL text whose values are taken out: what remains of the text, and the values that become parameters. Exists only when every value
/// stands where SQL takes a value; a table or column name cannot be a parameter.
/// </summary>
internal sealed class SqlParameterPlan
{
    private readonly List<SqlPlanPart> _parts = [];
    private readonly List<SqlParameterValue> _values = [];
    private readonly StringBuilder _before = new();
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _names;
    private char _quote;
    private List<SqlSegment>? _literal;

    private SqlParameterPlan(HashSet<string> names) => _names = names;

    /// <summary>Text, constants that stay in the text, and places of parameters, in order.</summary>
    public IReadOnlyList<SqlPlanPart> Parts => _parts;

    /// <summary>The values, each once.</summary>
    public IReadOnlyList<SqlParameterValue> Values => _values;

    /// <summary>Makes the plan, or gives null when a part cannot be a parameter or there is none.</summary>
    /// <param name="segments">The text's pieces.</param>
    /// <param name="takenNames">Names that parameters must not have.</param>
    /// <param name="keepsInertParts">Whether a number may stay in the text where SQL takes no parameter.</param>
    public static SqlParameterPlan? Create(ImmutableArray<SqlSegment> segments, IEnumerable<string> takenNames, bool keepsInertParts)
    {
        var names = new HashSet<string>(takenNames, StringComparer.OrdinalIgnoreCase);
        foreach (SqlSegment segment in segments)
        {
            if (segment.Text is not null)
                SqlGrammar.AddParameterNames(segment.Text, names);
        }

        var plan = new SqlParameterPlan(names);
        foreach (SqlSegment segment in segments)
        {
            if (!plan.Add(segment, keepsInertParts))
                return null;
        }

        return plan._quote == '\0' && plan._values.Count > 0 ? plan.Finish() : null;
    }

    private SqlParameterPlan Finish()
    {
        FlushText();
        return this;
    }

    private bool Add(SqlSegment segment, bool keepsInertParts)
    {
        if (!segment.IsHole)
            return segment.Expression is null ? AddText(segment.Text!) : AddConstant(segment);
        if (_quote == '\'')
        {
            _literal!.Add(segment);
            return true;
        }

        if (_quote != '\0')
            return false;
        bool inert = InertTypes.Contains(segment.Type);
        if (!SqlGrammar.TakesValue(_before.ToString(), inert))
        {
            if (!inert || !keepsInertParts)
                return false;
            FlushText();
            _parts.Add(SqlPlanPart.Constant(segment.Expression!));
            _before.Append('0');
            return true;
        }

        AddParameter([segment]);
        return true;
    }

    private bool AddConstant(SqlSegment segment)
    {
        if (_quote == '\'')
        {
            _literal!.Add(new SqlSegment(segment.Text, null, null, null));
            return true;
        }

        foreach (char c in segment.Text!)
        {
            if (c is '\'' or '"' or '[' or '`' or '-' or '/')
                return AddText(segment.Text!);
        }

        FlushText();
        _parts.Add(SqlPlanPart.Constant(segment.Expression!, segment.Text));
        _before.Append(segment.Text);
        return true;
    }

    private bool AddText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (_quote == '\'')
            {
                if (c == '\'' && i + 1 < text.Length && text[i + 1] == '\'')
                {
                    AddToLiteral('\'');
                    i++;
                }
                else if (c == '\'')
                {
                    CloseLiteral();
                }
                else
                {
                    AddToLiteral(c);
                }

                continue;
            }

            if (_quote == '\0' && c == '\'')
            {
                _quote = '\'';
                _literal = [];
                continue;
            }

            if (_quote != '\0')
                _quote = c == _quote ? '\0' : _quote;
            else if (c is '"' or '`')
                _quote = c;
            else if (c == '[')
                _quote = ']';
            _text.Append(c);
            _before.Append(c);
        }

        return true;
    }

    private void AddToLiteral(char c)
    {
        int last = _literal!.Count - 1;
        if (last >= 0 && !_literal[last].IsHole)
            _literal[last] = _literal[last] with { Text = _literal[last].Text + c };
        else
            _literal.Add(new SqlSegment(c.ToString(), null, null, null));
    }

    private void CloseLiteral()
    {
        _quote = '\0';
        List<SqlSegment> literal = _literal!;
        _literal = null;
        if (literal.Any(static part => part.IsHole))
        {
            AddParameter(literal);
            return;
        }

        string quoted = "'" + string.Concat(literal.Select(static part => part.Text)).Replace("'", "''") + "'";
        _text.Append(quoted);
        _before.Append("''");
    }

    private void AddParameter(List<SqlSegment> literal)
    {
        FlushText();
        _before.Append('?');
        ExpressionSyntax expression = SqlText.Join(literal);
        ITypeSymbol? type = literal.Count == 1 && literal[0].Format is null ? literal[0].Type : null;
        string key = expression.NormalizeWhitespace().ToString();
        SqlParameterValue? known = _values.FirstOrDefault(value => value.Key == key);
        if (known is null)
        {
            string name = SqlGrammar.ParameterName(literal.First(static part => part.IsHole).Expression!, _names);
            known = new SqlParameterValue(name, expression, type, key);
            _values.Add(known);
        }

        _parts.Add(SqlPlanPart.Parameter(known));
    }

    private void FlushText()
    {
        if (_text.Length == 0)
            return;
        _parts.Add(SqlPlanPart.Fixed(_text.ToString()));
        _text.Clear();
    }
}
