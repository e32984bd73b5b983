using System;
using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1008: escapes the values with the encoders of the Runtime library, RFC 4515 for filters and RFC 4514 for names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LdapInjectionCodeFix)), Shared]
public sealed class LdapInjectionCodeFix : SinkCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1008");

    private protected override string Title => "Escape the value for LDAP";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (model.Compilation.GetTypeByMetadataName("SecurityToolchain.Runtime.Output.OutputEncoder") is null || TargetName(sink, model) is not { } target)
            return null;
        string encoder = target.IndexOf("filter", StringComparison.OrdinalIgnoreCase) >= 0 ? "OutputEncoder.ForLdapFilter(" : "OutputEncoder.ForLdapDistinguishedName(";
        return TextParts.Wrap(root, TextParts.Composed(sink, model), model, value => encoder + value + ")") is { } changed ? UsingDirectives.Add(changed, "SecurityToolchain.Runtime.Output", model) : null;
    }

    /// <summary>The name of the property or parameter that the text goes into.</summary>
    private static string? TargetName(ExpressionSyntax sink, SemanticModel model)
    {
        switch (sink.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Right == sink:
                return model.GetSymbolInfo(assignment.Left).Symbol?.Name;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax call } list } argument when model.GetSymbolInfo(call).Symbol is IMethodSymbol method:
                int position = list.Arguments.IndexOf(argument);
                return argument.NameColon?.Name.Identifier.ValueText ?? (position < method.Parameters.Length ? method.Parameters[position].Name : null);
            default:
                return null;
        }
    }
}
