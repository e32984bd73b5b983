using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>A piece of a SQL text without its values.</summary>
/// <param name="Text">Fixed text, or the value of a constant.</param>
/// <param name="Expression">The constant or number that stays in the text.</param>
/// <param name="Value">The parameter that stands here.</param>
internal readonly record struct SqlPlanPart(string? Text, ExpressionSyntax? Expression, SqlParameterValue? Value)
{
    /// <summary>Fixed text.</summary>
    public static SqlPlanPart Fixed(string text) => new(text, null, null);

    /// <summary>An expression that stays.</summary>
    public static SqlPlanPart Constant(ExpressionSyntax expression, string? text = null) => new(text, expression, null);

    /// <summary>A parameter.</summary>
    public static SqlPlanPart Parameter(SqlParameterValue value) => new(null, null, value);
}
