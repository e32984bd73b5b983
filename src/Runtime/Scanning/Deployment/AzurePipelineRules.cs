using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Rules for Azure pipelines.</summary>
internal static class AzurePipelineRules
{
    // Macros are replaced in the text of a script before a shell reads it; these are chosen by whoever pushes or opens a pull request.
    private static readonly string[] Untrusted = ["$(Build.SourceVersionMessage)", "$(Build.SourceBranchName)", "$(System.PullRequest.SourceBranch)", "$(Build.RequestedFor)", "$(System.PullRequest.SourceCommitMessage)"];

    public static void Check(AnalysisContext context, YamlNode document)
    {
        if (document["apiVersion"] is not null)
            return;
        // Steps lie at any depth of stages, jobs and templates, so all nodes are walked with an own stack.
        var pending = new Stack<YamlNode>();
        pending.Push(document);
        while (pending.TryPop(out YamlNode? node))
        {
            foreach (YamlNode item in node.Items ?? [])
                pending.Push(item);
            foreach ((string key, YamlNode value) in node.Pairs ?? [])
            {
                if (key is "repositories" or "containers" && value.Items is { } resources)
                    CheckResources(context, key, resources);
                if (key is "script" or "bash" or "pwsh" or "powershell" && value.Value is { } text)
                    CheckScript(context, text, value);
                else
                    pending.Push(value);
            }
        }
    }

    private static void CheckScript(AnalysisContext context, string text, YamlNode node)
    {
        if (Untrusted.FirstOrDefault(source => text.Contains(source, StringComparison.OrdinalIgnoreCase)) is { } found)
            context.Report(ScanRules.PipelineScriptInjection, $"The script pastes '{found}'.", context.AtLine(node.Line, node.Column));
        if (text.Split('\n').Any(ShellText.PipesDownloadToInterpreter))
            context.Report(ScanRules.PipeToShell, "A download is piped into an interpreter.", context.AtLine(node.Line, node.Column));
    }

    // Templates of another repository run with the rights of this pipeline; so does what an image holds.
    private static void CheckResources(AnalysisContext context, string kind, List<YamlNode> resources)
    {
        foreach (YamlNode resource in resources)
        {
            if (kind == "containers" && resource["image"] is { Value: { Length: > 0 } image } node)
            {
                ImageReferences.Check(context, image, context.AtLine(node.Line, node.Column));
            }
            else if (kind == "repositories" && resource["repository"] is { Value: { } name } repository && resource["type"] is not null && !(resource["ref"]?.Value is { Length: 40 } commit && commit.All(char.IsAsciiHexDigitLower)))
            {
                context.Report(new Finding(ScanRules.UnpinnedAction, $"The repository '{PrintableText.Escape(name, 128)}' is not pinned to a commit.", context.AtLine(repository.Line, repository.Column)) { Identity = name });
            }
        }
    }
}
