using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2006: one nonce or initialisation vector serves more than one message under the same key (CWE-323).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NonceReuseAnalyzer : PatternAnalyzer
{
    private static readonly EnclosingNames s_encrypting = new(
        new HashSet<string>(StringComparer.Ordinal) { "Encrypt", "EncryptCbc", "TryEncryptCbc", "EncryptCfb", "TryEncryptCfb", "CreateEncryptor" });

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.NonceReuse);

    private protected override void Start(PatternRegistration registration)
    {
        if (CipherTypes.Resolve(registration.Compilation) is not { } types)
            return;
        var helpers = new NonceHelpers(registration.Compilation, types, registration.CancellationToken);
        var names = new CallingNames(registration.Compilation, s_encrypting, [], registration.CancellationToken);
        registration.OnBlock(block =>
        {
            if (!block.OperationBlocks.IsEmpty && names.OccurInFile(block.OperationBlocks[0].Syntax.SyntaxTree, block.CancellationToken))
                Analyze(block, types, helpers, names);
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, CipherTypes types, NonceHelpers helpers, CallingNames names)
    {
        if (TestCode.Contains(context.OwningSymbol))
            return;
        foreach (IOperation body in context.OperationBlocks)
        {
            if (body is IAttributeOperation or IParameterInitializerOperation || !names.Occur(body.Syntax))
                continue;
            ControlFlowGraph graph = context.GetControlFlowGraph(body);
            var flow = new NonceFlow(types, helpers, graph, context.CancellationToken);
            IReadOnlyList<NonceFinding> findings = flow.Find(OnEntry(context, types, helpers, graph));
            foreach (NonceFinding finding in findings.GroupBy(static finding => finding.Site.Place).Select(static same => same.First()))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    RuleCatalogue.NonceReuse,
                    finding.Site.Place.GetLocation(),
                    [finding.Earlier],
                    finding.Site.Nonce.Name));
            }
        }
    }

    private static IEnumerable<EncryptionSite> OnEntry(OperationBlockAnalysisContext context, CipherTypes types, NonceHelpers helpers, ControlFlowGraph graph)
    {
        if (context.OwningSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
            yield break;
        var probe = new NonceFlow(types, helpers, graph, context.CancellationToken);
        foreach (EncryptionSite site in probe.Summarize())
        {
            if (site.Nonce is (IFieldSymbol or IPropertySymbol) and var field
                && NonceFields.FilledOnce(field, context.CancellationToken) is { SourceTree: { } tree } filled)
            {
                yield return site with { Place = tree.GetRoot(context.CancellationToken).FindNode(filled.SourceSpan) };
            }
        }
    }
}
