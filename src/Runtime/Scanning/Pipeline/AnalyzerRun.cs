using System.Collections.Immutable;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>Runs the analyzers over one content; what one of them cannot do is reported and keeps none of the others from working.</summary>
internal static class AnalyzerRun
{
    /// <summary>Runs the analyzers that accept the content, in their order, until a budget for the whole file is spent.</summary>
    public static void Analyze(AnalysisContext context, ImmutableArray<IContentAnalyzer> analyzers)
    {
        bool skipped = false;
        foreach (IContentAnalyzer analyzer in analyzers)
        {
            context.CurrentAnalyzer = analyzer.Name;
            try
            {
                if (!analyzer.Accepts(context))
                    continue;
                if (!context.Content.IsWhole && analyzer.NeedsWholeContent)
                {
                    skipped = true;
                    continue;
                }

                analyzer.Analyze(context);
            }
            catch (ScanLimitException exception)
            {
                ScanIssueKind kind = exception.LimitName == nameof(ScanLimits.MaxProcessingTime) ? ScanIssueKind.Deadline : ScanIssueKind.Limit;
                context.ReportIncomplete(kind, exception.Message);
                if (exception.LimitName is nameof(ScanLimits.MaxWorkUnits) or nameof(ScanLimits.MaxProcessingTime))
                    return;
            }
            catch (AllocationLimitExceededException exception)
            {
                context.ReportIncomplete(ScanIssueKind.Limit, $"{analyzer.Name}: {exception.Message} The limit is {nameof(ScanLimits.MaxMemoryPerFile)}.");
            }
            catch (OperationCanceledException)
            {
                throw;
            }
#pragma warning disable CA1031 // A defect in one analyzer must neither end the scan of a tree nor pass as clean.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // The message of an unknown exception may quote content, so only its type is reported.
                context.ReportIncomplete(ScanIssueKind.EngineError, $"The analyzer '{analyzer.Name}' failed with {exception.GetType().Name}.");
            }
        }

        if (skipped)
        {
            context.ReportIncomplete(
                ScanIssueKind.Limit,
                $"The content has {context.Content.Length} bytes; above the limit {nameof(ScanLimits.MaxInMemorySize)} = {context.Limits.MaxInMemorySize} only digests, entropy and type are computed.");
        }
    }
}
