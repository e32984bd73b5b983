using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.PathChecks;

/// <summary>
/// STC1006: a check that is meant to keep a path under a folder and does not: a prefix without separator at its end, a path that is not canonical,
/// a filter for dots where the path may be absolute, decoding after the check (CWE-22, CWE-180, CWE-187).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BrokenPathCheckAnalyzer : PatternAnalyzer
{
    /// <summary>The property of a finding that names the flaw, for the fix.</summary>
    public const string Flaw = "flaw";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.BrokenPathCheck);

    private protected override void Start(PatternRegistration registration)
    {
        if (KnownTypes.For(registration.Compilation).Find("System.IO.Path") is not null)
            registration.OnOperation(static operation => Analyze(operation), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        switch (call.TargetMethod.Name)
        {
            case "StartsWith" when call.Instance is { } path && call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String && call.Arguments.Length > 0:
                AnalyzePrefix(context, call, path, call.Arguments[0].Value);
                break;
            case "Contains" when call.Instance is { } text && call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String && DotFilter.IsFilter(call):
                if (DotFilter.LetsAbsolutePathsThrough(call, text, SourceIndex.For(context.Compilation)))
                    Report(context, call, PathFlaw.Absolute, DiagnosticSeverity.Warning);
                break;
            case "UnescapeDataString" or "UrlDecode" when call.Arguments.Length > 0 && DotFilter.IsDecodedAfterCheck(call, SourceIndex.For(context.Compilation)):
                Report(context, call, PathFlaw.DecodedLater, DiagnosticSeverity.Warning);
                break;
        }
    }

    private static void AnalyzePrefix(OperationAnalysisContext context, IInvocationOperation call, IOperation path, IOperation prefix)
    {
        if (prefix.Type?.SpecialType != SpecialType.System_String || prefix.WithoutConversions().ConstantValue is { HasValue: true, Value: string text } && !PathForm.IsRoot(text))
            return;
        var form = new PathForm(SourceIndex.For(context.Compilation));
        PathOrigin origin = form.OriginOf(path);
        if (origin == PathOrigin.Other || form.IsRelativePathComputation(call, path, prefix) || form.IsCheckedAtEnd(call, path))
            return;
        if (origin == PathOrigin.Combined)
            Report(context, call, PathFlaw.NotCanonical, DiagnosticSeverity.Warning);
        else if (!form.EndsInSeparator(prefix))
            Report(context, call, PathFlaw.NoSeparator, DiagnosticSeverity.Warning);
        else if (call.Arguments.Length == 1)
            Report(context, call, PathFlaw.CultureSensitive, DiagnosticSeverity.Info);
    }

    private static void Report(OperationAnalysisContext context, IInvocationOperation call, PathFlaw flaw, DiagnosticSeverity severity)
    {
        if (new ConstantConditions(SourceIndex.For(context.Compilation)).IsDead(call))
            return;
        string message = flaw switch
        {
            PathFlaw.NoSeparator => "the folder does not end in a separator, so that '/data-other' passes for '/data'; append Path.DirectorySeparatorChar",
            PathFlaw.NotCanonical => "the path is not canonical, so that '..' in it passes; check the result of Path.GetFullPath",
            PathFlaw.Absolute => "an absolute path has no '..' and replaces the folder; refuse rooted paths or check the result of Path.GetFullPath",
            PathFlaw.DecodedLater => "the text is decoded after it was checked; decode first",
            _ => "the comparison depends on the culture; compare with StringComparison.Ordinal",
        };
        context.ReportDiagnostic(Diagnostic.Create(
            RuleCatalogue.BrokenPathCheck, call.Syntax.GetLocation(), severity, additionalLocations: null, ImmutableDictionary<string, string?>.Empty.Add(Flaw, flaw.ToString()), message));
    }
}
