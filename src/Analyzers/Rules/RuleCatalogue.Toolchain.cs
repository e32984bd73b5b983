using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <content>What the product says about itself.</content>
internal static partial class RuleCatalogue
{
    /// <summary>STC9001: the flow analysis of a method ended before it was complete.</summary>
    public static readonly DiagnosticDescriptor AnalysisBudgetReached = Create(
        id: "STC9001",
        title: "Flow analysis budget reached",
        messageFormat: "The flow analysis of '{0}' was ended after its budget; its arguments are taken to reach its result",
        category: "Toolchain",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        family: "analysis-budget",
        cwes: [1127],
        precision: Precision.VeryHigh,
        description: "A method was too large for the flow analysis. Flows inside it may be missed; flows through it are followed from arguments to result.",
        reportedAtCompilationEnd: true);

    /// <summary>STC9002: a configuration value or a row of a model file is not understood.</summary>
    public static readonly DiagnosticDescriptor InvalidConfiguration = Create(
        id: "STC9002",
        title: "Invalid security configuration",
        messageFormat: "The value '{1}' of '{0}' is not understood; expected {2}",
        category: "Toolchain",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "invalid-configuration",
        cwes: [1127],
        precision: Precision.VeryHigh,
        description: "An option of .editorconfig or a row of security-toolchain.models.json is not understood and is ignored; the rest counts.",
        reportedAtCompilationEnd: true);
}
