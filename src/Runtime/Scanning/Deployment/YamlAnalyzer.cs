using System.Text;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Reads YAML files once and hands them to the rules for Kubernetes, GitHub workflows and Azure pipelines.</summary>
public sealed class YamlAnalyzer : IContentAnalyzer
{
    private const int MaxLength = 4 << 20;

    /// <inheritdoc/>
    public string Name => "yaml";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Category is FileCategory.Text && Path.GetExtension(context.FileName) is ".yml" or ".yaml" && IsOfInterest(context);
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Spend(context.Content.Length * 4);
        if (context.Content.Length > MaxLength)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"The YAML file has {context.Content.Length} bytes; at most {MaxLength} are read.");
            return;
        }

        var documents = new List<YamlNode>();
        if (!YamlReader.TryRead(Encoding.UTF8.GetString(context.Content.Bytes), documents))
            context.ReportIncomplete(ScanIssueKind.Malformed, "The file is no well-formed YAML, or is nested too deeply.");
        if (IsWorkflow(context))
        {
            foreach (YamlNode document in documents)
                WorkflowRules.Check(context, document);
        }
        else
        {
            KubernetesRules.Check(context, documents);
            foreach (YamlNode document in documents)
                AzurePipelineRules.Check(context, document);
        }
    }

    private static bool IsWorkflow(AnalysisContext context) =>
        context.Name.Replace('\\', '/').Contains(".github/workflows/", StringComparison.Ordinal) || context.FileName is "action.yml" or "action.yaml";

    // Templates with other languages inside are no YAML; only what names a kind or a pipeline is read.
    private static bool IsOfInterest(AnalysisContext context)
    {
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        return IsWorkflow(context) || (bytes.IndexOf("apiVersion:"u8) >= 0 && bytes.IndexOf("kind:"u8) >= 0 && bytes.IndexOf("{{"u8) < 0) || bytes.IndexOf("steps:"u8) >= 0;
    }
}
