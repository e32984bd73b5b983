using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Statements that add values to a command's parameters.</summary>
internal static class SqlParameterStatements
{
    /// <summary>The statements, one value after the other.</summary>
    public static IReadOnlyList<StatementSyntax> Write(SqlCommandTarget command, SqlParameterPlan plan)
    {
        var statements = new List<StatementSyntax>();
        foreach (SqlParameterValue value in plan.Values)
        {
            string name = command.Style == SqlParameterStyle.Colon ? value.Name : "@" + value.Name;
            string expression = Value(value);
            if (command.HasAddWithValue)
            {
                Add(statements, $"{command.Receiver}.Parameters.AddWithValue(\"{name}\", {expression});");
                continue;
            }

            string local = value.Name + "Parameter";
            Add(statements, $"var {local} = {command.Receiver}.CreateParameter();");
            Add(statements, $"{local}.ParameterName = \"{name}\";");
            if (TypeOf(value.Type) is { } type)
                Add(statements, $"{local}.DbType = global::System.Data.DbType.{type};");
            Add(statements, $"{local}.Value = {expression};");
            Add(statements, $"{command.Receiver}.Parameters.Add({local});");
        }

        return statements;
    }

    private static void Add(List<StatementSyntax> statements, string text) =>
        statements.Add(SyntaxFactory.ParseStatement(text)
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation)
            .WithTrailingTrivia(SyntaxFactory.ElasticMarker));

    private static string Value(SqlParameterValue value)
    {
        string text = value.Expression.WithoutTrivia().ToString();
        bool mayBeNull = value.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }
            || value.Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        if (!mayBeNull)
            return text;
        bool wrap = value.Expression is BinaryExpressionSyntax or ConditionalExpressionSyntax;
        return $"{(wrap ? "(" + text + ")" : text)} ?? (object)global::System.DBNull.Value";
    }

    /// <summary>The <c>DbType</c> member for a C# type; null lets the provider infer it.</summary>
    private static string? TypeOf(ITypeSymbol? type)
    {
        if (type is null)
            return "String";
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return TypeOf(nullable.TypeArguments.First());
        return type.SpecialType switch
        {
            SpecialType.System_String => "String",
            SpecialType.System_Boolean => "Boolean",
            SpecialType.System_Byte => "Byte",
            SpecialType.System_Int16 => "Int16",
            SpecialType.System_Int32 => "Int32",
            SpecialType.System_Int64 => "Int64",
            SpecialType.System_Decimal => "Decimal",
            SpecialType.System_Single => "Single",
            SpecialType.System_Double => "Double",
            SpecialType.System_DateTime => "DateTime",
            _ => type.Name switch { "Guid" => "Guid", "DateTimeOffset" => "DateTimeOffset", "TimeSpan" => "Time", _ => null },
        };
    }
}
