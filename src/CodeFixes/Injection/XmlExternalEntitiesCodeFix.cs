using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1010: the closed value of the setting that opens the parser.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(XmlExternalEntitiesCodeFix)), Shared]
public sealed class XmlExternalEntitiesCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1010");

    private protected override string Title => "Close the XML parser";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (sink is BaseObjectCreationExpressionSyntax creation && model.GetTypeInfo(creation).Type?.Name is "XmlDocument" or "XmlTextReader" or "XmlDataDocument" or "ConfigXmlDocument")
            return WithoutResolver(root, creation);
        if (Closed(sink, model) is not { } closed)
            return null;
        return root.ReplaceNode(sink, SyntaxFactory.ParseExpression(closed).WithTriviaFrom(sink));
    }

    private static string? Closed(ExpressionSyntax sink, SemanticModel model)
    {
        ITypeSymbol? type = model.GetTypeInfo(sink).ConvertedType;
        string? target = sink.Parent is AssignmentExpressionSyntax assignment && assignment.Right == sink ? model.GetSymbolInfo(assignment.Left).Symbol?.Name : null;
        return (type?.Name, target) switch
        {
            ("DtdProcessing", _) => Qualifier(sink, type!, model) + ".Prohibit",
            ("XsltSettings", _) => Qualifier(null, type!, model, sink.SpanStart) + ".Default",
            (_, "XmlResolver") => "null",
            (_, "ProhibitDtd") => "true",
            (_, "EnableScript" or "EnableDocumentFunction") => "false",
            (_, "MaxCharactersFromEntities") => "10_000_000",
            _ when sink.IsKind(SyntaxKind.TrueLiteralExpression) && sink.Parent is ArgumentSyntax => "false",
            _ => null,
        };
    }

    private static string Qualifier(ExpressionSyntax? written, ITypeSymbol type, SemanticModel model, int position = 0) =>
        written is MemberAccessExpressionSyntax member ? member.Expression.WithoutTrivia().ToString() : type.ToMinimalDisplayString(model, written?.SpanStart ?? position);

    /// <summary>Sets the resolver to null where the object is made.</summary>
    private static CompilationUnitSyntax WithoutResolver(CompilationUnitSyntax root, BaseObjectCreationExpressionSyntax creation)
    {
        string text = creation.WithoutTrivia().ToString();
        string changed = creation.Initializer is { } initializer
            ? text.Substring(0, initializer.SpanStart - creation.SpanStart) + "{ " + string.Join(", ", initializer.Expressions.Select(static one => one.ToString()).Append("XmlResolver = null")) + " }"
            : text + " { XmlResolver = null }";
        return root.ReplaceNode(creation, SyntaxFactory.ParseExpression(changed).WithTriviaFrom(creation));
    }
}
