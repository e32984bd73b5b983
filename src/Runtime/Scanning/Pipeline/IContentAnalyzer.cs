namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>
/// Looks at the whole content of one file and reports through the context. One instance serves all threads, so it holds no state of a file.
/// </summary>
public interface IContentAnalyzer
{
    /// <summary>A stable name in kebab case; it appears in the work statistics and in the cache key.</summary>
    string Name { get; }

    /// <summary>Grows with every change of what the analyzer reports, so that cached verdicts of the old one are not used.</summary>
    int Version { get; }

    /// <summary>Whether the analyzer works on whole content only. When a file is too large to be held, it is skipped and the result says so.</summary>
    bool NeedsWholeContent { get; }

    /// <summary>Whether the analyzer wants this content. Has to be cheap.</summary>
    /// <param name="context">The content with its format.</param>
    bool Accepts(AnalysisContext context);

    /// <summary>Analyses the content.</summary>
    /// <param name="context">The content, and where results go.</param>
    void Analyze(AnalysisContext context);
}
