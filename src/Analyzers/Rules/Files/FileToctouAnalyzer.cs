using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Rules.Files.Toctou;

namespace SecurityToolchain.Analyzers.Rules.Files;

/// <summary>
/// STC5001: a file operation relies on an earlier answer about the same path (CWE-367). Between check and use, another process can
/// create, remove or replace what the path names.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FileToctouAnalyzer : PatternAnalyzer
{
    /// <summary>The property of a finding that names the <see cref="UseKind"/>.</summary>
    internal const string UseProperty = "use";

    /// <summary>The property of a finding that says which answer leads to the use: <c>True</c> or <c>False</c>.</summary>
    internal const string AnswerProperty = "answer";

    /// <summary>The property of a finding that names the <see cref="CheckKind"/>.</summary>
    internal const string CheckProperty = "check";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.FileToctou);

    private protected override void Start(PatternRegistration registration)
    {
        if (FileSystemTypes.Resolve(registration.Compilation) is not { } types)
            return;
        var summaries = new HelperSummaries(registration.Compilation, types, registration.CancellationToken);
        var names = new CheckNames(registration.Compilation, registration.CancellationToken);
        registration.OnBlock(block => Analyze(block, types, summaries, names));
    }

    private static void Analyze(OperationBlockAnalysisContext context, FileSystemTypes types, HelperSummaries summaries, CheckNames names)
    {
        // What a test cleans up lies in a directory of its own.
        if (TestCode.Contains(context.OwningSymbol))
            return;
        foreach (IOperation body in context.OperationBlocks)
        {
            if (body is IAttributeOperation or IParameterInitializerOperation || !names.Occur(body.Syntax) || !MayRace(body, types, summaries, names))
                continue;
            var flow = new ToctouFlow(types, summaries, context.GetControlFlowGraph(body), context.CancellationToken);
            Report(context, flow.Find());
        }
    }

    /// <summary>Whether a body checks and uses paths, itself or through methods of this compilation. Names alone say little: much has attributes.</summary>
    private static bool MayRace(IOperation body, FileSystemTypes types, HelperSummaries summaries, CheckNames names)
    {
        FileTouch touch = FileTouch.Read(body, types);
        bool checks = touch.Checks || touch.Callees.Any(callee => names.Contains(callee.AssociatedSymbol?.Name ?? callee.Name) && summaries.MayTouch(callee).Checks);
        return checks && (touch.Uses || touch.Callees.Any(callee => summaries.MayTouch(callee).Uses));
    }

    private static void Report(OperationBlockAnalysisContext context, IReadOnlyList<RaceFinding> findings)
    {
        // A check that guards several operations is one race: its first operation. An operation behind two checks is one race, too.
        IEnumerable<IGrouping<SyntaxNode, RaceFinding>> races = findings
            .OrderBy(static finding => finding.Use.SpanStart)
            .ThenBy(static finding => finding.Check.Check.Syntax.SpanStart)
            .GroupBy(static finding => (finding.Check.Check.Syntax, finding.Check.Positive))
            .Select(static sameCheck => sameCheck.First())
            .GroupBy(static finding => finding.Use);
        foreach (IGrouping<SyntaxNode, RaceFinding> race in races)
        {
            RaceFinding first = race.First();
            IEnumerable<Location> locations = race
                .Select(static finding => finding.Check.Check.Syntax.GetLocation())
                .Concat(race.SelectMany(static finding => finding.Path))
                .Distinct();
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
                .Add(UseProperty, first.Kind.ToString())
                .Add(CheckProperty, first.Check.Check.Kind.ToString())
                .Add(AnswerProperty, first.Check.Positive.ToString());
            context.ReportDiagnostic(Diagnostic.Create(
                RuleCatalogue.FileToctou, race.Key.GetLocation(), locations, properties, Shorten(race.Key), first.Check.Check.Name));
        }
    }

    private static string Shorten(SyntaxNode use)
    {
        const int MostCharacters = 60;
        string text = use.ToString().Split('(')[0].Trim();
        return text.Length <= MostCharacters ? text : text.Substring(0, MostCharacters) + "...";
    }
}
