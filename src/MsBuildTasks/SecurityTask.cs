using Microsoft.Build.Framework;
using SecurityToolchain.MsBuildTasks.Gate;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks;

/// <summary>The base of every task: findings become MSBuild errors and warnings with a code, and so does a defect of the task itself.</summary>
public abstract class SecurityTask : Microsoft.Build.Utilities.Task
{
    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Run();
        }
#pragma warning disable CA1031 // The last stand: whatever goes wrong is an error with a code, and packages count as not verified.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string file = BuildEngine.ProjectFileOfTaskNode;
            LogFinding(GateFindings.ForProject(GateRules.InternalError, file, $"{GetType().Name}: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}"));
            Log.LogMessage(MessageImportance.Low, "{0}", exception.ToString());
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the work and logs what it finds.</summary>
    protected abstract void Run();

    /// <summary>Logs a finding by its severity, with the code and the page of its rule.</summary>
    /// <param name="finding">The finding.</param>
    protected void LogFinding(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        string file = finding.Location.Path;
        int line = finding.Location.Line;
        if (finding.Severity == FindingSeverity.Error)
            Log.LogError(null, finding.RuleId, finding.RuleId, finding.Rule.HelpUri, file, line, 0, 0, 0, "{0}", finding.Message);
        else if (finding.Severity == FindingSeverity.Warning)
            Log.LogWarning(null, finding.RuleId, finding.RuleId, finding.Rule.HelpUri, file, line, 0, 0, 0, "{0}", finding.Message);
        else
            Log.LogMessage(MessageImportance.High, "{0}: {1}", finding.RuleId, finding.Message);
    }
}
