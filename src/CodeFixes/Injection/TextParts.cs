using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>The parts of a text that is put together from constants and values.</summary>
internal static class TextParts
{
    /// <summary>
    /// The expression that puts a text together: the sink itself, or what a variable at the sink was declared with when that is a sum or an interpolation.
    /// </summary>
    public static ExpressionSyntax Composed(ExpressionSyntax sink, SemanticModel model)
    {
        if (sink is not IdentifierNameSyntax || model.GetSymbolInfo(sink).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] }
            || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator || IsWrittenAgain(declarator, sink))
        {
            return sink;
        }

        return value is InterpolatedStringExpressionSyntax or BinaryExpressionSyntax ? value : sink;
    }

    /// <summary>The parts that are no constants and can carry text, in the order of the text.</summary>
    public static IReadOnlyList<ExpressionSyntax> Values(ExpressionSyntax text, SemanticModel model)
    {
        var values = new List<ExpressionSyntax>();
        foreach (ExpressionSyntax part in Parts(text))
        {
            if (!model.GetConstantValue(part).HasValue && CarriesText(model.GetTypeInfo(part).Type))
                values.Add(part);
        }

        return values;
    }

    /// <summary>The parts of a sum or interpolation; other expressions are one part.</summary>
    public static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax text)
    {
        switch (text)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Parts(parenthesized.Expression);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                return Parts(sum.Left).Concat(Parts(sum.Right));
            case InterpolatedStringExpressionSyntax interpolated:
                return interpolated.Contents.OfType<InterpolationSyntax>().Select(static hole => hole.Expression);
            default:
                return [text];
        }
    }

    /// <summary>Puts a call around each value of a text.</summary>
    /// <param name="root">The file.</param>
    /// <param name="text">The text.</param>
    /// <param name="model">The model of the file.</param>
    /// <param name="wrap">Gets the source of a value and gives the source that replaces it.</param>
    /// <returns>The file, or null where there is no value.</returns>
    public static CompilationUnitSyntax? Wrap(CompilationUnitSyntax root, ExpressionSyntax text, SemanticModel model, Func<string, string> wrap)
    {
        IReadOnlyList<ExpressionSyntax> values = Values(text, model);
        if (values.Count == 0)
            return null;
        return root.ReplaceNodes(values, (value, _) => SyntaxFactory.ParseExpression(wrap(AsText(value, model))).WithTriviaFrom(value));
    }

    /// <summary>The source of a value as a string expression.</summary>
    public static string AsText(ExpressionSyntax value, SemanticModel model)
    {
        string source = value.WithoutTrivia().ToString();
        ITypeSymbol? type = model.GetTypeInfo(value).Type;
        if (type?.SpecialType == SpecialType.System_String || type is { Name: "StringValues" })
            return source;
        return value is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax ? source + ".ToString()" : "(" + source + ").ToString()";
    }

    private static bool CarriesText(ITypeSymbol? type) => type is null || type.TypeKind is not TypeKind.Enum && type.SpecialType is not (SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64
        or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Boolean or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal
        or SpecialType.System_DateTime) && type.Name != "Guid";

    private static bool IsWrittenAgain(VariableDeclaratorSyntax declarator, SyntaxNode use)
    {
        SyntaxNode scope = use.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not GlobalStatementSyntax) ?? use.SyntaxTree.GetRoot();
        return scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == declarator.Identifier.ValueText);
    }
}
