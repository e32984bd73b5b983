using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// The text of a literal, concatenation, interpolation, format or builder as far as it is constant, with the place of each part: a secret
/// that was split in two is found in the joined text.
/// </summary>
internal readonly struct SecretText
{
    /// <summary>What stands for a part that is not constant; every detector takes it for a template.</summary>
    public const string Hole = "{0}";

    // Null for a plain literal, which most texts are: they cost no allocation.
    private readonly List<TextPart>? _parts;

    private SecretText(string text, IOperation root, bool isConstant, List<TextPart>? parts)
    {
        Text = text;
        Root = root;
        IsConstant = isConstant;
        _parts = parts;
    }

    /// <summary>The joined text.</summary>
    public string Text { get; }

    /// <summary>The whole expression.</summary>
    public IOperation Root { get; }

    /// <summary>Whether no part is missing.</summary>
    public bool IsConstant { get; }

    /// <summary>Reads an expression that is not part of a larger text; null where no literal plays a part.</summary>
    public static SecretText? Read(IOperation root)
    {
        if (root is ILiteralOperation { ConstantValue.Value: string literal })
            return new SecretText(literal, root, isConstant: true, null);
        if (root is IUtf8StringOperation utf8)
            return new SecretText(utf8.Value, root, isConstant: true, null);
        if (!IsJoin(root))
            return null;
        var join = new TextJoin(root);
        return join.Parts is null && !join.IsConstant ? null : new SecretText(join.Text, root, join.IsConstant, join.Parts);
    }

    /// <summary>Whether the expression joins texts.</summary>
    public static bool IsJoin(IOperation? operation) => operation switch
    {
        IInterpolatedStringOperation => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } => true,
        IInvocationOperation { TargetMethod: { Name: "Concat" or "Format" or "Join", ContainingType.SpecialType: SpecialType.System_String } } => true,
        IInvocationOperation { TargetMethod.Name: "ToString", Arguments.IsEmpty: true, Instance: { } instance } => BuilderText.IsBuilder(instance.Type),
        _ => false,
    };

    /// <summary>Whether the expression is a part of a join.</summary>
    public static bool IsPart(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or IArgumentOperation or IInterpolationOperation or IInterpolatedStringTextOperation or IArrayInitializerOperation or ICollectionExpressionOperation)
        {
            if (parent is IArgumentOperation { Parent: not null } argument && !IsJoin(argument.Parent))
                return false;
            parent = parent is IArrayInitializerOperation { Parent: IArrayCreationOperation creation } ? creation.Parent : parent.Parent;
        }

        return IsJoin(parent);
    }

    /// <summary>The place of a stretch of the text: the literal that holds it with the offset of its text, or the whole expression with 0.</summary>
    public (SyntaxNode Syntax, int Offset) PlaceOf(int start, int end)
    {
        if (_parts is null)
            return (Root.Syntax, 0);
        foreach (TextPart part in _parts)
        {
            if (part.Start <= start && end <= part.End)
                return (part.Syntax, part.Syntax == Root.Syntax ? 0 : part.Origin);
        }

        return (Root.Syntax, 0);
    }
}
