using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Secrets;

/// <summary>Writes the expression that looks a secret up under a key: in the Runtime library where it is referenced, else in the environment.</summary>
internal sealed class SecretExpression
{
    private const string RuntimeNamespace = "SecurityToolchain.Runtime.Secrets";
    private const string RuntimeProvider = RuntimeNamespace + ".SecretProvider";

    private readonly string _key;
    private readonly SemanticModel _model;
    private readonly int _position;
    private readonly bool _hasRuntime;

    /// <summary>Prepares expressions for one place in a file.</summary>
    public SecretExpression(string key, SemanticModel model, int position)
    {
        _key = SymbolDisplay.FormatLiteral(key, quote: true);
        _model = model;
        _position = position;
        _hasRuntime = model.Compilation.GetTypeByMetadataName(RuntimeProvider) is not null;
        Title = _hasRuntime ? $"Load '{key}' from SecretProvider" : $"Load '{key}' from the environment";
        Missing = SymbolDisplay.FormatLiteral(key + " is not set", quote: true);
    }

    /// <summary>What the fix does, for the menu.</summary>
    public string Title { get; }

    /// <summary>The namespace that the expressions need.</summary>
    public string Namespace => _hasRuntime ? RuntimeNamespace : "System";

    /// <summary>The expression for text.</summary>
    public ExpressionSyntax Text() => SyntaxFactory.ParseExpression(TextSource());

    /// <summary>The expression for bytes, which are kept as base 64.</summary>
    public ExpressionSyntax Bytes() => SyntaxFactory.ParseExpression(
        _hasRuntime ? Name("SecretProvider", RuntimeNamespace) + ".Default.GetRequiredBytes(" + _key + ")" : Name("Convert", "System") + ".FromBase64String(" + TextSource() + ")");

    /// <summary>The expression for the UTF-8 bytes of a text.</summary>
    public ExpressionSyntax Utf8() => SyntaxFactory.ParseExpression("System.Text.Encoding.UTF8.GetBytes(" + TextSource() + ")");

    /// <summary>The expression for an array of characters.</summary>
    public ExpressionSyntax Characters() => SyntaxFactory.ParseExpression((_hasRuntime ? TextSource() : "(" + TextSource() + ")") + ".ToCharArray()");

    /// <summary>Puts parentheses around an expression where its new place needs them.</summary>
    public static ExpressionSyntax At(ExpressionSyntax place, ExpressionSyntax expression)
    {
        bool needsNone = expression is not BinaryExpressionSyntax
            || place.Parent is EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or ArgumentSyntax or AssignmentExpressionSyntax or ParenthesizedExpressionSyntax;
        return needsNone ? expression : SyntaxFactory.ParenthesizedExpression(expression);
    }

    private string Missing { get; }

    private string TextSource() => _hasRuntime
        ? Name("SecretProvider", RuntimeNamespace) + ".Default.GetRequired(" + _key + ")"
        : Name("Environment", "System") + ".GetEnvironmentVariable(" + _key + ") ?? throw new " + Name("InvalidOperationException", "System") + "(" + Missing + ")";

    // The short name, unless it means something else here.
    private string Name(string type, string namespaceName) =>
        _model.LookupNamespacesAndTypes(_position, name: type).All(found => found.ContainingNamespace?.ToDisplayString() == namespaceName) ? type : namespaceName + "." + type;
}
