using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Joins the parts of a concatenation, interpolation, format or builder, in order, without calling itself.</summary>
internal sealed class TextJoin
{
    private const int MostCharacters = 16 * 1024;

    private readonly IOperation _root;
    private readonly StringBuilder _text = new();
    private readonly Stack<Piece> _open = new();

    /// <summary>Joins the parts of an expression for which <see cref="SecretText.IsJoin"/> holds.</summary>
    public TextJoin(IOperation root)
    {
        _root = root;
        _open.Push(new Piece(root));
        while (_open.Count > 0 && _text.Length < MostCharacters)
            Take(_open.Pop());
        IsConstant &= _open.Count == 0;
        Text = _text.ToString();
    }

    /// <summary>The text, with <see cref="SecretText.Hole"/> for what is not constant.</summary>
    public string Text { get; }

    /// <summary>The stretches that stand in literals; null for none.</summary>
    public List<TextPart>? Parts { get; private set; }

    /// <summary>Whether the text has no hole.</summary>
    public bool IsConstant { get; private set; } = true;

    private void Take(in Piece piece)
    {
        if (piece.Operation is not { } operation)
        {
            if (piece.Text is { } slice)
                Append(slice, piece.Literal, piece.Offset);
            else
                AppendHole();
            return;
        }

        operation = operation.WithoutConversions();
        switch (operation)
        {
            case IBinaryOperation binary when SecretText.IsJoin(binary):
                Push(binary.RightOperand);
                Push(binary.LeftOperand);
                break;
            case IInterpolatedStringOperation interpolated:
                for (int i = interpolated.Parts.Length - 1; i >= 0; i--)
                    Push(interpolated.Parts[i]);
                break;
            case IInterpolatedStringTextOperation part:
                Push(part.Text);
                break;
            case IInterpolationOperation hole:
                Push(hole.Expression);
                break;
            case IInvocationOperation call when SecretText.IsJoin(call):
                PushCall(call);
                break;
            default:
                Append(operation);
                break;
        }
    }

    private void Push(IOperation operation) => _open.Push(new Piece(operation));

    private void PushCall(IInvocationOperation call)
    {
        switch (call.TargetMethod.Name)
        {
            case "Concat":
                PushAll(Values(call.Arguments, 0), null);
                break;
            case "Join":
                PushAll(Values(call.Arguments, 1), call.Arguments[0].Value);
                break;
            case "Format":
                int format = call.FindArgument("format") is { Parameter: { } parameter } ? parameter.Ordinal : -1;
                PushFormat(call.Arguments, format);
                break;
            default:
                PushBuilder(call);
                break;
        }
    }

    private void PushBuilder(IInvocationOperation call)
    {
        if (BuilderText.Calls(call) is not { } steps)
        {
            _open.Push(default);
            return;
        }

        for (int i = steps.Count - 1; i >= 0; i--)
        {
            (string name, ImmutableArray<IArgumentOperation> arguments) = steps[i];
            switch (name)
            {
                case "Append" when arguments.Length == 1:
                    Push(arguments[0].Value);
                    break;
                case "AppendLine":
                    _open.Push(new Piece("\n"));
                    if (arguments.Length == 1)
                        Push(arguments[0].Value);
                    break;
                case "AppendFormat":
                    PushFormat(arguments, arguments.Length > 0 && arguments[0].Parameter?.Name == "format" ? 0 : 1);
                    break;
                default:
                    _open.Push(default);
                    break;
            }
        }
    }

    // Everything behind the arguments that come first, whether given one by one or as an array.
    private static ImmutableArray<IOperation> Values(ImmutableArray<IArgumentOperation> arguments, int skipped)
    {
        ImmutableArray<IOperation>.Builder values = ImmutableArray.CreateBuilder<IOperation>();
        for (int i = skipped; i < arguments.Length; i++)
        {
            switch (arguments[i].Value.WithoutConversions())
            {
                case IArrayCreationOperation { Initializer: { } elements }:
                    values.AddRange(elements.ElementValues);
                    break;
                case ICollectionExpressionOperation collection:
                    values.AddRange(collection.Elements);
                    break;
                default:
                    values.Add(arguments[i].Value);
                    break;
            }
        }

        return values.ToImmutable();
    }

    private void PushAll(ImmutableArray<IOperation> values, IOperation? separator)
    {
        for (int i = values.Length - 1; i >= 0; i--)
        {
            Push(values[i]);
            if (separator is not null && i > 0)
                Push(separator);
        }
    }

    // "Server={0};Password={1}": each hole is the argument of that number.
    private void PushFormat(ImmutableArray<IArgumentOperation> arguments, int formatIndex)
    {
        if (formatIndex < 0 || formatIndex >= arguments.Length || arguments[formatIndex].Value.WithoutConversions() is not { ConstantValue: { HasValue: true, Value: string format } } source
            || format.IndexOf("{{", StringComparison.Ordinal) >= 0 || format.IndexOf("}}", StringComparison.Ordinal) >= 0)
        {
            _open.Push(default);
            return;
        }

        ImmutableArray<IOperation> values = Values(arguments, formatIndex + 1);
        SyntaxNode? literal = source is ILiteralOperation ? source.Syntax : null;
        var pieces = new List<Piece>();
        int start = 0;
        while (start < format.Length)
        {
            int open = format.IndexOf('{', start);
            int close = open < 0 ? -1 : format.IndexOf('}', open);
            if (close < 0)
                break;
            pieces.Add(new Piece(format.Substring(start, open - start), literal, start));
            int digits = open + 1;
            while (digits < close && format[digits] is >= '0' and <= '9')
                digits++;
            bool isKnown = int.TryParse(format.Substring(open + 1, digits - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < values.Length && digits == close;
            pieces.Add(isKnown ? new Piece(values[number]) : default);
            start = close + 1;
        }

        pieces.Add(new Piece(format.Substring(start), literal, start));
        for (int i = pieces.Count - 1; i >= 0; i--)
            _open.Push(pieces[i]);
    }

    private void Append(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: { } constant })
            Append(Convert.ToString(constant, CultureInfo.InvariantCulture), operation is ILiteralOperation ? operation.Syntax is ExpressionSyntax ? operation.Syntax : _root.Syntax : null, 0);
        else if (InitialLiteral(operation) is { } initial)
            Append(initial, null, 0);
        else if (operation.ConstantValue is not { HasValue: true })
            AppendHole();
    }

    private void Append(string text, SyntaxNode? literal, int offset)
    {
        if (literal is not null && text.Length > 0)
            (Parts ??= []).Add(new TextPart(_text.Length, _text.Length + text.Length, _text.Length - offset, literal));
        _text.Append(text);
    }

    private void AppendHole()
    {
        IsConstant = false;
        _text.Append(SecretText.Hole);
    }

    // A local or field that starts as a literal: enough to see a token that was cut in two.
    private static string? InitialLiteral(IOperation operation)
    {
        ISymbol? symbol = operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation field => field.Field,
            _ => null,
        };
        if (symbol is not { DeclaringSyntaxReferences: [var reference] })
            return null;
        return reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? literal.Token.ValueText
            : null;
    }

    /// <summary>What is still to be joined: an expression, a stretch of a format, or (by default) a part that is not known.</summary>
    private readonly struct Piece
    {
        public Piece(IOperation operation) => Operation = operation;

        public Piece(string text, SyntaxNode? literal = null, int offset = 0)
        {
            Text = text;
            Literal = literal;
            Offset = offset;
        }

        public IOperation? Operation { get; }

        public string? Text { get; }

        public SyntaxNode? Literal { get; }

        public int Offset { get; }
    }
}
