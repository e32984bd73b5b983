using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Rules;

public static partial class ScanRules
{
    /// <summary>STC8060: a container that runs as root.</summary>
    public static RuleMetadata ContainerRunsAsRoot { get; } = Rule(
        "STC8060", "container-runs-as-root", "Container runs as root", FindingSeverity.Warning, [250],
        "The last stage of the Dockerfile names no user, or root, so a break-out of the process is root in the container.", "Add a USER with a number above 0.");

    /// <summary>STC8061: an image that can change under its name.</summary>
    public static RuleMetadata UnpinnedImage { get; } = Rule(
        "STC8061", "unpinned-image", "Image is not pinned", FindingSeverity.Warning, [1357, 494],
        "The image has no tag or 'latest' (a warning), or a tag without a digest (a note): another content may come next time.", "Name the digest: image:tag@sha256:...");

    /// <summary>STC8062: a download that is run unseen.</summary>
    public static RuleMetadata PipeToShell { get; } = Rule(
        "STC8062", "pipe-to-shell", "A download is piped into an interpreter", FindingSeverity.Error, [494],
        "Whatever the server sends is run, and nothing checks it.", "Download to a file, verify its digest, then run it.");

    /// <summary>STC8063: ADD of a URL.</summary>
    public static RuleMetadata RemoteAdd { get; } = Rule(
        "STC8063", "remote-add", "Dockerfile adds a file from the network", FindingSeverity.Warning, [494],
        "ADD with a URL does not verify what it gets, unless --checksum says what to expect.", "Add --checksum=sha256:..., or use COPY.");

    /// <summary>STC8064: a pod with rights of the host.</summary>
    public static RuleMetadata PrivilegedPod { get; } = Rule(
        "STC8064", "privileged-pod", "Pod has rights of the host", FindingSeverity.Error, [250],
        "privileged, hostNetwork, hostPID, hostIPC, a hostPath volume, a port of the node, an unmasked /proc or a strong capability gives the pod a part of the node.", "Remove it; the baseline pod security standard forbids it.");

    /// <summary>STC8065: a container without a restricted security context.</summary>
    public static RuleMetadata UnrestrictedContainer { get; } = Rule(
        "STC8065", "unrestricted-container", "Container has no restricted security context", FindingSeverity.Warning, [250],
        "runAsNonRoot, allowPrivilegeEscalation: false, readOnlyRootFilesystem or dropped capabilities are missing.", "Set all four; the restricted pod security standard asks for them.");

    /// <summary>STC8066: no limits.</summary>
    public static RuleMetadata MissingResourceLimits { get; } = Rule(
        "STC8066", "missing-resource-limits", "Container has no memory limit", FindingSeverity.Warning, [770],
        "Without a limit one container can take the memory of the node.", "Set resources.limits.memory (and cpu).");

    /// <summary>STC8067: a policy for nobody.</summary>
    public static RuleMetadata NetworkPolicySelectsNothing { get; } = Rule(
        "STC8067", "network-policy-selects-nothing", "Selector selects no pod", FindingSeverity.Warning, [284],
        "No pod in the same file and namespace has the labels of the podSelector, so the policy protects nothing. The same for services and disruption budgets.", "Make the labels the same.");

    /// <summary>STC8068: input of strangers in a script.</summary>
    public static RuleMetadata PipelineScriptInjection { get; } = Rule(
        "STC8068", "pipeline-script-injection", "Untrusted input is pasted into a script", FindingSeverity.Error, [94, 78],
        "The expression is replaced by text that anyone can choose (a title, a branch name, a message) before the shell reads the script.", "Pass it through env: and use the variable.");

    /// <summary>STC8069: an action that can change.</summary>
    public static RuleMetadata UnpinnedAction { get; } = Rule(
        "STC8069", "unpinned-action", "Action is not pinned to a commit", FindingSeverity.Warning, [1357, 494],
        "A tag or branch of someone else's repository can be moved to other code, which then runs with the pipeline's rights.", "Name the 40-digit commit, and the tag in a comment.");

    /// <summary>STC8070: strangers' code with secrets.</summary>
    public static RuleMetadata DangerousTrigger { get; } = Rule(
        "STC8070", "dangerous-trigger", "Code of a pull request runs with the repository's secrets", FindingSeverity.Error, [829],
        "pull_request_target or workflow_run is combined with a checkout of the pull request's head.", "Use pull_request, or do not check the head out.");

    /// <summary>STC8071: all permissions.</summary>
    public static RuleMetadata BroadPipelinePermissions { get; } = Rule(
        "STC8071", "broad-pipeline-permissions", "Pipeline token may write everything", FindingSeverity.Warning, [250],
        "permissions: write-all gives every step all rights of the repository.", "List the permissions that are needed.");

    /// <summary>STC8072: packages over plain HTTP.</summary>
    public static RuleMetadata InsecurePackageSource { get; } = Rule(
        "STC8072", "insecure-package-source", "Package source without TLS", FindingSeverity.Error, [319],
        "Packages from an http source can be replaced on the way.", "Use https.");

    /// <summary>STC8073: no source mapping.</summary>
    public static RuleMetadata MissingSourceMapping { get; } = Rule(
        "STC8073", "missing-source-mapping", "Several package sources without a mapping", FindingSeverity.Warning, [427],
        "Without packageSourceMapping any of the sources may answer for any package, which is how dependency confusion works.", "Add packageSourceMapping.");

    /// <summary>STC8074: debug switches.</summary>
    public static RuleMetadata DebugSwitch { get; } = Rule(
        "STC8074", "debug-switch", "Debug switch in a configuration for production", FindingSeverity.Warning, [489, 215],
        "Detailed errors, debug compilation or the development environment are on in a file that is not for development.", "Move it to the file for development.");

    /// <summary>STC8075: commands in build files.</summary>
    public static RuleMetadata BuildRunsCode { get; } = Rule(
        "STC8075", "build-runs-code", "Build file runs code or downloads", FindingSeverity.Note, [829],
        "A project or targets file runs a command (a note), compiles an inline task or downloads a file (a warning) when somebody builds.", "Look at what it runs.");

    /// <summary>STC8076: packages without a required signature.</summary>
    public static RuleMetadata PackageSignatureMode { get; } = Rule(
        "STC8076", "package-signature-mode", "Package signatures are not required", FindingSeverity.Warning, [347],
        "signatureValidationMode is 'accept' (a warning), or is not set although packages come from the network (a note): unsigned packages are then installed like signed ones.",
        "Set signatureValidationMode to require, and name the trusted signers.");

    /// <summary>STC8077: rights over everything.</summary>
    public static RuleMetadata BroadClusterRole { get; } = Rule(
        "STC8077", "broad-cluster-role", "Role has rights over everything", FindingSeverity.Warning, [250, 269],
        "A role allows every verb on every resource, or cluster-admin is bound.", "List the resources and verbs that are needed.");
}
