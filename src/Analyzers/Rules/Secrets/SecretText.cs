using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// The text of a literal, concatenation or interpolation as far as it is constant, with the place of each part: a secret that was split
/// in two is found in the joined text.
/// </summary>
internal struct SecretText
{
    /// <summary>What stands for a part that is not constant; every detector takes it for a template.</summary>
    private const string Hole = "{0}";

    // Null for a plain literal, which most texts are: they cost no allocation.
    private List<(int Start, int End, SyntaxNode Syntax)>? _parts;

    private SecretText(string text, IOperation root, bool isConstant)
    {
        Text = text;
        Root = root;
        IsConstant = isConstant;
    }

    /// <summary>The joined text.</summary>
    public string Text { readonly get; private set; }

    /// <summary>The whole expression.</summary>
    public IOperation Root { get; }

    /// <summary>Whether no part is missing.</summary>
    public bool IsConstant { readonly get; private set; }

    /// <summary>Reads an expression that is not part of a larger text.</summary>
    public static SecretText? Read(IOperation root)
    {
        if (root is ILiteralOperation { ConstantValue.Value: string literal })
            return new SecretText(literal, root, isConstant: true);
        if (root is IUtf8StringOperation utf8)
            return new SecretText(utf8.Value, root, isConstant: true);
        if (!IsJoin(root))
            return null;
        var text = new SecretText(string.Empty, root, isConstant: true);
        text.Join();
        return text._parts is null ? null : text;
    }

    /// <summary>Whether the expression joins texts.</summary>
    public static bool IsJoin(IOperation? operation) => operation is IInterpolatedStringOperation
        or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
        || (operation is IInvocationOperation { TargetMethod: { Name: "Concat", ContainingType.SpecialType: SpecialType.System_String } });

    /// <summary>Whether the expression is a part of a join.</summary>
    public static bool IsPart(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or IArgumentOperation or IInterpolationOperation or IInterpolatedStringTextOperation or IArrayInitializerOperation)
        {
            if (parent is IArgumentOperation { Parent: not null } argument && !IsJoin(argument.Parent))
                return false;
            parent = parent is IArrayInitializerOperation { Parent: IArrayCreationOperation creation } ? creation.Parent : parent.Parent;
        }

        return IsJoin(parent);
    }

    /// <summary>The place of a stretch of the text: the literal that holds it with the offset of its text, or the whole expression with 0.</summary>
    public readonly (SyntaxNode Syntax, int Offset) PlaceOf(int start, int end)
    {
        if (_parts is null)
            return (Root.Syntax, 0);
        foreach ((int partStart, int partEnd, SyntaxNode syntax) in _parts)
        {
            if (partStart <= start && end <= partEnd)
                return (syntax, syntax == Root.Syntax ? 0 : partStart);
        }

        return (Root.Syntax, 0);
    }

    private void Join()
    {
        var text = new StringBuilder();
        var open = new Stack<IOperation>();
        open.Push(Root);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop().WithoutConversions();
            switch (operation)
            {
                case IBinaryOperation binary when IsJoin(binary):
                    open.Push(binary.RightOperand);
                    open.Push(binary.LeftOperand);
                    break;
                case IInterpolatedStringOperation interpolated:
                    for (int i = interpolated.Parts.Length - 1; i >= 0; i--)
                        open.Push(interpolated.Parts[i]);
                    break;
                case IInterpolatedStringTextOperation part:
                    open.Push(part.Text);
                    break;
                case IInterpolationOperation hole:
                    open.Push(hole.Expression);
                    break;
                case IInvocationOperation concat when IsJoin(concat):
                    PushArguments(concat, open);
                    break;
                default:
                    Append(operation, text);
                    break;
            }
        }

        Text = text.ToString();
    }

    private static void PushArguments(IInvocationOperation concat, Stack<IOperation> open)
    {
        for (int i = concat.Arguments.Length - 1; i >= 0; i--)
        {
            if (concat.Arguments[i].Value.WithoutConversions() is IArrayCreationOperation { Initializer: { } elements })
            {
                for (int e = elements.ElementValues.Length - 1; e >= 0; e--)
                    open.Push(elements.ElementValues[e]);
            }
            else
            {
                open.Push(concat.Arguments[i].Value);
            }
        }
    }

    private void Append(IOperation operation, StringBuilder text)
    {
        int start = text.Length;
        if (operation.ConstantValue is { HasValue: true, Value: { } constant })
        {
            text.Append(System.Convert.ToString(constant, System.Globalization.CultureInfo.InvariantCulture));
            if (operation is ILiteralOperation)
                (_parts ??= []).Add((start, text.Length, operation.Syntax is ExpressionSyntax ? operation.Syntax : Root.Syntax));
        }
        else if (InitialLiteral(operation) is { } initial)
        {
            text.Append(initial);
        }
        else
        {
            IsConstant = false;
            text.Append(Hole);
        }
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
}
