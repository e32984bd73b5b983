using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Rules for workflows and composite actions of GitHub.</summary>
internal static class WorkflowRules
{
    // Values that somebody outside the repository writes.
    private static readonly string[] Untrusted =
    [
        "github.event.issue.title", "github.event.issue.body", "github.event.pull_request.title", "github.event.pull_request.body", "github.event.comment.body", "github.event.review.body",
        "github.event.review_comment.body", "github.event.discussion.title", "github.event.discussion.body", "github.event.head_commit.message", "github.event.head_commit.author.email",
        "github.event.head_commit.author.name", "github.event.commits", "github.event.pages", "github.event.pull_request.head.ref", "github.event.pull_request.head.label",
        "github.event.pull_request.head.repo.default_branch", "github.event.workflow_run.head_branch", "github.event.workflow_run.head_commit.message", "github.head_ref",
    ];

    public static void Check(AnalysisContext context, YamlNode document)
    {
        if (document["permissions"] is { Value: "write-all" } all)
            Report(context, ScanRules.BroadPipelinePermissions, "The workflow has permissions: write-all.", all);
        bool privileged = HasTrigger(document, "pull_request_target") || HasTrigger(document, "workflow_run");
        foreach ((_, YamlNode job) in document["jobs"]?.Pairs ?? [])
        {
            if (job["permissions"] is { Value: "write-all" } own)
                Report(context, ScanRules.BroadPipelinePermissions, "The job has permissions: write-all.", own);
            if (job["uses"] is { Value: { } reusable } node)
                CheckUses(context, reusable, node);
            CheckImage(context, job["container"]);
            foreach ((_, YamlNode service) in job["services"]?.Pairs ?? [])
                CheckImage(context, service);
            foreach (YamlNode step in job["steps"]?.Items ?? [])
                CheckStep(context, step, privileged);
        }

        foreach (YamlNode step in document.At("runs", "steps")?.Items ?? [])
            CheckStep(context, step, privileged: false);
    }

    private static bool HasTrigger(YamlNode document, string name)
    {
        // A YAML 1.1 reader takes the key "on" for true; this one keeps the text.
        YamlNode? on = document["on"] ?? document["true"];
        return on is not null && (on.Value == name || on[name] is not null || on.Items?.Any(item => item.Value == name) == true || on.Pairs?.Any(pair => pair.Key == name) == true);
    }

    private static void CheckStep(AnalysisContext context, YamlNode step, bool privileged)
    {
        if (step["uses"] is { Value: { } uses } node)
        {
            CheckUses(context, uses, node);
            string head = step.At("with", "ref")?.Value ?? "";
            if (privileged && uses.StartsWith("actions/checkout@", StringComparison.Ordinal) && (head.Contains("pull_request.head", StringComparison.Ordinal) || head.Contains("github.head_ref", StringComparison.Ordinal) || head.Contains("workflow_run.head", StringComparison.Ordinal)))
                Report(context, ScanRules.DangerousTrigger, "The head of a pull request is checked out in a workflow that has the repository's secrets.", node);
        }

        foreach (YamlNode? script in (YamlNode?[])[step["run"], step.At("with", "script")])
        {
            if (script?.Value is not { } text)
                continue;
            if (UntrustedExpression(text) is { } expression)
                Report(context, ScanRules.PipelineScriptInjection, $"The script pastes '{PrintableText.Escape(expression, 128)}'.", script);
            if (text.Split('\n').Any(ShellText.PipesDownloadToInterpreter))
                Report(context, ScanRules.PipeToShell, "A download is piped into an interpreter.", script);
        }
    }

    private static string? UntrustedExpression(string text)
    {
        int at = 0;
        while ((at = text.IndexOf("${{", at, StringComparison.Ordinal)) >= 0)
        {
            int end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
                return null;
            string expression = text[(at + 3)..end].Trim();
            foreach (string source in Untrusted)
            {
                int found = expression.IndexOf(source, StringComparison.Ordinal);
                // "github.head_ref" is also the start of longer names of other values.
                if (found >= 0 && (found + source.Length == expression.Length || !(char.IsAsciiLetterOrDigit(expression[found + source.Length]) || expression[found + source.Length] == '_')))
                    return expression;
            }

            at = end;
        }

        return null;
    }

    private static void CheckUses(AnalysisContext context, string uses, YamlNode node)
    {
        if (uses.StartsWith("./", StringComparison.Ordinal))
            return;
        if (uses.StartsWith("docker://", StringComparison.Ordinal))
        {
            ImageReferences.Check(context, uses["docker://".Length..], context.AtLine(node.Line, node.Column));
            return;
        }

        int at = uses.LastIndexOf('@');
        string version = at < 0 ? "" : uses[(at + 1)..];
        if (version.Length == 40 && version.All(char.IsAsciiHexDigitLower))
            return;
        string shown = PrintableText.Escape(uses, 128);
        // The platform's own actions are as trustworthy as the platform that runs them.
        bool own = uses.StartsWith("actions/", StringComparison.Ordinal) || uses.StartsWith("github/", StringComparison.Ordinal);
        context.Report(new Finding(ScanRules.UnpinnedAction, $"The action '{shown}' is not pinned to a commit.", context.AtLine(node.Line, node.Column))
        {
            Severity = own ? FindingSeverity.Note : FindingSeverity.Warning,
            Identity = shown,
        });
    }

    // "container: name" or "container: {image: name}".
    private static void CheckImage(AnalysisContext context, YamlNode? container)
    {
        YamlNode? image = container?["image"] ?? container;
        if (image?.Value is { Length: > 0 } name && !name.Contains("${{", StringComparison.Ordinal))
            ImageReferences.Check(context, name, context.AtLine(image.Line, image.Column));
    }

    private static void Report(AnalysisContext context, RuleMetadata rule, string message, YamlNode node) => context.Report(rule, message, context.AtLine(node.Line, node.Column));
}
