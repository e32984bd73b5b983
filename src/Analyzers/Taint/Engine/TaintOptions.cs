using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Rules;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>The engine's options from .editorconfig or a global config.</summary>
/// <param name="ThreatModels">Whom the code does not trust.</param>
/// <param name="ReportGeneratedCode">Whether findings in generated code are reported.</param>
/// <param name="BodyBudget">Evaluated expressions per method, 1,000 to 100,000,000; default 100,000.</param>
/// <param name="CompilationBudget">Evaluated expressions per compilation, 1,000 to 10,000,000,000; default one for each character of source, at least 2,000,000.</param>
/// <param name="Problems">Diagnostics on values that are not understood.</param>
internal sealed record TaintOptions(ThreatModels ThreatModels, bool ReportGeneratedCode, long BodyBudget, long CompilationBudget, ImmutableArray<Diagnostic> Problems)
{
    /// <summary>The key of <see cref="ThreatModels"/>: a list of <c>remote</c>, <c>local</c>, <c>stored</c>.</summary>
    public const string ThreatModelsKey = "security_toolchain.threat_models";

    /// <summary>The key of <see cref="ReportGeneratedCode"/>.</summary>
    public const string ReportGeneratedCodeKey = "security_toolchain.report_generated_code";

    /// <summary>The key of <see cref="BodyBudget"/>.</summary>
    public const string BodyBudgetKey = "security_toolchain.taint_budget_per_method";

    /// <summary>The key of <see cref="CompilationBudget"/>.</summary>
    public const string CompilationBudgetKey = "security_toolchain.taint_budget_per_compilation";

    private const long SmallestCompilationBudget = 2_000_000;
    private const long BudgetPerCharacter = 1;

    /// <summary>Reads the options; the first file's section counts where the global config is silent.</summary>
    public static TaintOptions Read(AnalyzerConfigOptionsProvider provider, Compilation compilation)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        AnalyzerConfigOptions global = provider.GlobalOptions;
        AnalyzerConfigOptions? first = null;
        long characters = 0;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            first ??= provider.GetOptions(tree);
            characters += tree.Length;
        }

        ThreatModels models = ThreatModels.Remote;
        if (Value(ThreatModelsKey) is { } text)
            models = ParseThreatModels(text, problems);
        bool generated = Value(ReportGeneratedCodeKey) is { } flag && ParseFlag(flag, problems);
        long body = Budget(BodyBudgetKey, 100_000, 100_000_000);
        long total = Budget(CompilationBudgetKey, Math.Max(SmallestCompilationBudget, characters * BudgetPerCharacter), 10_000_000_000);
        return new TaintOptions(models, generated, body, total, problems.ToImmutable());

        string? Value(string key) => global.TryGetValue(key, out string? value) || first?.TryGetValue(key, out value) == true ? value : null;

        long Budget(string key, long fallback, long maximum)
        {
            if (Value(key) is not { } value)
                return fallback;
            if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1000 && number <= maximum)
                return number;
            problems.Add(Diagnostic.Create(RuleCatalogue.InvalidConfiguration, Location.None, key, value, "a number between 1000 and " + maximum.ToString(CultureInfo.InvariantCulture)));
            return fallback;
        }
    }

    private static ThreatModels ParseThreatModels(string text, ImmutableArray<Diagnostic>.Builder problems)
    {
        ThreatModels models = ThreatModels.None;
        foreach (string part in text.Split(','))
        {
            switch (part.Trim().ToLowerInvariant())
            {
                case "remote":
                    models |= ThreatModels.Remote;
                    break;
                case "local":
                    models |= ThreatModels.Local;
                    break;
                case "stored":
                    models |= ThreatModels.Stored;
                    break;
                case "none" or "":
                    break;
                default:
                    problems.Add(Diagnostic.Create(RuleCatalogue.InvalidConfiguration, Location.None, ThreatModelsKey, part.Trim(), "a list of remote, local, stored"));
                    break;
            }
        }

        return models;
    }

    private static bool ParseFlag(string text, ImmutableArray<Diagnostic>.Builder problems)
    {
        if (bool.TryParse(text, out bool flag))
            return flag;
        problems.Add(Diagnostic.Create(RuleCatalogue.InvalidConfiguration, Location.None, ReportGeneratedCodeKey, text, "true or false"));
        return false;
    }
}
