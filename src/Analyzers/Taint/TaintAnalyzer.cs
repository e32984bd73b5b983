using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Rules;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint;

/// <summary>Runs the flow analysis once for all rules of <see cref="TaintRules"/>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public class TaintAnalyzer : DiagnosticAnalyzer
{
    private readonly TaintLibrary _library;
    private readonly ImmutableArray<TaintRule> _rules;

    /// <summary>The product's rules.</summary>
    public TaintAnalyzer()
        : this(TaintLibrary.BuiltIn, TaintRules.All)
    {
    }

    /// <summary>Other rules, for the engine's own tests.</summary>
    private protected TaintAnalyzer(TaintLibrary library, ImmutableArray<TaintRule> rules)
    {
        _library = library;
        _rules = rules;
        var descriptors = ImmutableArray.CreateBuilder<DiagnosticDescriptor>();
        foreach (TaintRule rule in rules)
        {
            if (!descriptors.Contains(rule.Descriptor))
                descriptors.Add(rule.Descriptor);
        }

        descriptors.Add(RuleCatalogue.AnalysisBudgetReached);
        descriptors.Add(RuleCatalogue.InvalidConfiguration);
        SupportedDiagnostics = descriptors.ToImmutable();
    }

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Generated code is analysed because flows go through it; the reporter leaves out what lies in it unless the user wants it.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Start);
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        TaintOptions options = TaintOptions.Read(context.Options.AnalyzerConfigOptionsProvider, context.Compilation);
        ImmutableArray<TaintRule> rules = Enabled(context.Compilation);
        var problems = new List<Diagnostic>(options.Problems);
        ImmutableArray<ModelRow> userRows = UserModel.Read(context.Options, problems, context.CancellationToken);
        options = options with { Problems = problems.ToImmutableArray() };
        var model = new TaintModel(context.Compilation, _library, userRows, rules, options.ThreatModels);
        var session = new AnalysisSession(model, options, context.CancellationToken);
        if (!rules.IsEmpty)
            context.RegisterSemanticModelAction(session.AnalyzeFile);
        context.RegisterCompilationEndAction(session.AnalyzeCompilation);
    }

    /// <summary>Rules that nobody switched off for the whole compilation.</summary>
    private ImmutableArray<TaintRule> Enabled(Compilation compilation)
    {
        var enabled = ImmutableArray.CreateBuilder<TaintRule>(_rules.Length);
        foreach (TaintRule rule in _rules)
        {
            if (IsEnabled(rule.Descriptor, compilation))
                enabled.Add(rule);
        }

        return enabled.ToImmutable();
    }

    private static bool IsEnabled(DiagnosticDescriptor descriptor, Compilation compilation)
    {
        if (descriptor.GetEffectiveSeverity(compilation.Options) != ReportDiagnostic.Suppress)
            return true;
        if (compilation.Options.SpecificDiagnosticOptions.TryGetValue(descriptor.Id, out ReportDiagnostic specific) && specific == ReportDiagnostic.Suppress)
            return false;
        if (compilation.Options.SyntaxTreeOptionsProvider is not { } provider)
            return false;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (provider.TryGetDiagnosticValue(tree, descriptor.Id, default, out ReportDiagnostic inTree) && inTree is not (ReportDiagnostic.Suppress or ReportDiagnostic.Default))
                return true;
        }

        return false;
    }
}
