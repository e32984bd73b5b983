using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// STC4001: a credential is written in the source (CWE-798): by the format of the literal, by the name it is held under, or because it
/// reaches a parameter for credentials. One report for each literal, at the literal.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HardcodedSecretAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a finding with the name that the secret is held under.</summary>
    internal const string NameProperty = "name";

    /// <summary>The property with the offset of the secret in the literal's text, where the literal is part of a text that varies.</summary>
    internal const string StartProperty = "start";

    /// <summary>The property with the length of the secret, beside <see cref="StartProperty"/>.</summary>
    internal const string LengthProperty = "length";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.HardcodedSecret);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        if (context is null)
            throw new ArgumentNullException(nameof(context));
        context.EnableConcurrentExecution();
        // Secrets flow through generated code; the search leaves out what lies in it unless the user wants it.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            var search = new SecretSearch(start.Compilation, start.Options.AnalyzerConfigOptionsProvider);
            start.RegisterOperationAction(
                search.LookAtText, OperationKind.Literal, OperationKind.InterpolatedString, OperationKind.Binary, OperationKind.Utf8String, OperationKind.Invocation);
            start.RegisterOperationAction(search.LookAtArray, OperationKind.ArrayCreation, OperationKind.CollectionExpression);
            start.RegisterOperationAction(
                search.LookAtReference,
                OperationKind.LocalReference,
                OperationKind.ParameterReference,
                OperationKind.FieldReference,
                OperationKind.PropertyReference,
                OperationKind.ArrayElementReference,
                OperationKind.Invocation);
            start.RegisterCompilationEndAction(search.ReportFlows);
        });
    }
}
