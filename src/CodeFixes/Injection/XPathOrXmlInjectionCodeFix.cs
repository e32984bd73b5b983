using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>
/// Fixes STC1009 where markup is written: a value alone is written as text instead, values between tags are escaped. Not for XPath: what takes the
/// expression's place depends on the document.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(XPathOrXmlInjectionCodeFix)), Shared]
public sealed class XPathOrXmlInjectionCodeFix : SinkCodeFix
{
    private static readonly ImmutableDictionary<string, string> s_textMembers = ImmutableDictionary<string, string>.Empty
        .Add("WriteRaw", "WriteString").Add("WriteRawAsync", "WriteStringAsync").Add("InnerXml", "InnerText");

    private static readonly ImmutableHashSet<string> s_markupMembers =
        ImmutableHashSet.Create("WriteRaw", "WriteRawAsync", "InnerXml", "OuterXml", "LoadXml", "Parse", "AppendChild", "PrependChild");

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1009");

    private protected override string Title => "Write the value as text";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (NameOfMember(sink) is not { } name || model.GetSymbolInfo(name).Symbol is not { } member || !IsMarkup(member))
            return null;
        ExpressionSyntax text = TextParts.Composed(sink, model);
        if (TextParts.Parts(text).Take(2).Count() == 1 && text is not InterpolatedStringExpressionSyntax)
            return WriteText(root, name, member);
        // Escaping twice would change what a reader sees.
        if (TextParts.Values(text, model).Any(IsEscaped))
            return null;
        return TextParts.Wrap(root, text, model, static value => "SecurityElement.Escape(" + value + ")") is { } changed
            ? UsingDirectives.Add(changed, "System.Security", model)
            : null;
    }

    private static bool IsEscaped(ExpressionSyntax value) => value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } }
        && (name.Contains("Escape") || name.Contains("Encode"));

    private static bool IsMarkup(ISymbol member) =>
        s_markupMembers.Contains(member.Name) && member.ContainingNamespace?.ToDisplayString() is "System.Xml" or "System.Xml.Linq" or "System.Xml.XPath";

    /// <summary>A value that is all of the markup becomes text by the member beside the one that is called.</summary>
    private static CompilationUnitSyntax? WriteText(CompilationUnitSyntax root, SimpleNameSyntax name, ISymbol member)
    {
        if (!s_textMembers.TryGetValue(member.Name, out string? text) || !HasMember(member.ContainingType, text))
            return null;
        return root.ReplaceNode(name, SyntaxFactory.IdentifierName(text).WithTriviaFrom(name));
    }

    private static bool HasMember(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(name).IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>The name of the member that takes the markup.</summary>
    private static SimpleNameSyntax? NameOfMember(ExpressionSyntax sink)
    {
        ExpressionSyntax? target = sink.Parent switch
        {
            ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax call } } => call.Expression,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Right == sink => assignment.Left,
            _ => null,
        };
        return target switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
    }
}
