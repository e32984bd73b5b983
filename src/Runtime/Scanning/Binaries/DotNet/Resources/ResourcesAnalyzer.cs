using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Resources;

/// <summary>Looks into .resources files that are not inside an assembly.</summary>
public sealed class ResourcesAnalyzer : IContentAnalyzer
{
    /// <inheritdoc/>
    public string Name => "dotnet-resources";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id == "dotnet-resources";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ResourceSecrets.Look(context, context.Content.Memory, 0, "");
    }
}
