using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1012: redirects that refuse foreign targets, or a check where there is no such redirect.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OpenRedirectCodeFix)), Shared]
public sealed class OpenRedirectCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1012");

    private protected override string Title => "Redirect to local URLs only";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (sink.Parent is not ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Parent: ExpressionSyntax call } list } || list.Arguments.Any(static argument => argument.NameColon is not null))
            return null;
        switch (call)
        {
            case InvocationExpressionSyntax invocation when model.GetSymbolInfo(invocation).Symbol is IMethodSymbol method && LocalName(method) is { } local:
                return Name(invocation) is { } name && Fits(invocation, method, local, model) ? root.ReplaceNode(name, SyntaxFactory.IdentifierName(local).WithTriviaFrom(name)) : null;
            case ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "RedirectResult" } type } when model.GetTypeInfo(call).ConvertedType?.Name != "RedirectResult":
                return root.ReplaceNode(type, SyntaxFactory.IdentifierName("LocalRedirectResult").WithTriviaFrom(type));
            case InvocationExpressionSyntax response when model.GetSymbolInfo(response).Symbol is IMethodSymbol { Name: "Redirect", ContainingType.Name: "HttpResponse" } && sink is IdentifierNameSyntax && HasUrlHelper(sink, model):
                string text = sink.WithoutTrivia().ToString();
                return root.ReplaceNode(sink, SyntaxFactory.ParseExpression("Url.IsLocalUrl(" + text + ") ? " + text + " : \"/\"").WithTriviaFrom(sink));
            default:
                return null;
        }
    }

    private static string? LocalName(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
    {
        ("ControllerBase" or "PageModel" or "PageBase", "Redirect" or "RedirectPermanent" or "RedirectPreserveMethod" or "RedirectPermanentPreserveMethod") when method.ContainingNamespace.ToDisplayString().StartsWith("Microsoft.AspNetCore", System.StringComparison.Ordinal) => "Local" + method.Name,
        ("Results" or "TypedResults", "Redirect") => "LocalRedirect",
        _ => null,
    };

    private static SimpleNameSyntax? Name(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax name => name,
        MemberAccessExpressionSyntax member => member.Name,
        _ => null,
    };

    /// <summary>Whether the local redirect exists and its result fits where the other one stands.</summary>
    private static bool Fits(InvocationExpressionSyntax call, IMethodSymbol method, string local, SemanticModel model)
    {
        if (method.ContainingType.GetMembers(local).OfType<IMethodSymbol>().FirstOrDefault(one => one.Parameters.Length == method.Parameters.Length) is not { } other)
            return false;
        return model.GetTypeInfo(call).ConvertedType is not { } wanted || model.Compilation.ClassifyConversion(other.ReturnType, wanted) is { Exists: true, IsImplicit: true };
    }

    private static bool HasUrlHelper(ExpressionSyntax sink, SemanticModel model) =>
        model.LookupSymbols(sink.SpanStart, name: "Url").OfType<IPropertySymbol>().Any(static property => property.Type.Name == "IUrlHelper");
}
