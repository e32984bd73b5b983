using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Pod security, limits and network policies of Kubernetes manifests.</summary>
internal static class KubernetesRules
{
    public static void Check(AnalysisContext context, List<YamlNode> documents)
    {
        var labels = new List<YamlNode>();
        int pods = 0;
        foreach (YamlNode document in documents)
        {
            if (PodTemplate(document) is not { } template)
                continue;
            pods++;
            if (template.At("metadata", "labels") is { } own)
                labels.Add(own);
            if (template["spec"] is { } spec)
                CheckPod(context, spec);
        }

        foreach (YamlNode document in documents)
        {
            if (document["apiVersion"] is not null && document["kind"]?.Value == "NetworkPolicy" && pods > 0)
                CheckPolicy(context, document, labels);
        }
    }

    private static YamlNode? PodTemplate(YamlNode document)
    {
        if (document["apiVersion"] is null)
            return null;
        return document["kind"]?.Value switch
        {
            "Pod" => document,
            "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Job" or "ReplicationController" => document.At("spec", "template"),
            "CronJob" => document.At("spec", "jobTemplate", "spec", "template"),
            _ => null,
        };
    }

    private static void CheckPod(AnalysisContext context, YamlNode spec)
    {
        foreach (string name in (string[])["hostNetwork", "hostPID", "hostIPC"])
        {
            if (spec[name] is { IsTrue: true } host)
                context.Report(ScanRules.PrivilegedPod, $"The pod has {name}: true.", Place(context, host));
        }

        foreach (YamlNode volume in spec["volumes"]?.Items ?? [])
        {
            if (volume["hostPath"] is { } path)
                context.Report(ScanRules.PrivilegedPod, $"The pod mounts '{PrintableText.Escape(path["path"]?.Value ?? "", 128)}' of the node.", Place(context, path));
        }

        foreach (string list in (string[])["containers", "initContainers"])
        {
            foreach (YamlNode container in spec[list]?.Items ?? [])
                CheckContainer(context, spec, container);
        }
    }

    private static void CheckContainer(AnalysisContext context, YamlNode pod, YamlNode container)
    {
        string name = PrintableText.Escape(container["name"]?.Value ?? "?", 64);
        YamlNode? own = container["securityContext"], shared = pod["securityContext"];
        if (own?["privileged"] is { IsTrue: true } privileged)
            context.Report(ScanRules.PrivilegedPod, $"The container '{name}' is privileged.", Place(context, privileged));
        if (container["image"] is { Value: { Length: > 0 } image } node && !image.Contains("$(", StringComparison.Ordinal) && !image.Contains("{{", StringComparison.Ordinal))
            ImageReferences.Check(context, image, Place(context, node));
        var missing = new List<string>();
        bool nonRoot = (own?["runAsNonRoot"] ?? shared?["runAsNonRoot"]) is { IsTrue: true } || ((own?["runAsUser"] ?? shared?["runAsUser"])?.Value is { } user && user != "0");
        if (!nonRoot)
            missing.Add("runAsNonRoot: true");
        if (own?["allowPrivilegeEscalation"] is not { IsFalse: true })
            missing.Add("allowPrivilegeEscalation: false");
        if (own?["readOnlyRootFilesystem"] is not { IsTrue: true })
            missing.Add("readOnlyRootFilesystem: true");
        if (own?.At("capabilities", "drop")?.Items?.Any(static item => item.Value is "ALL" or "all") != true)
            missing.Add("capabilities.drop: [ALL]");
        if (missing.Count > 0)
            context.Report(new Finding(ScanRules.UnrestrictedContainer, $"The container '{name}' lacks {string.Join(", ", missing)}.", Place(context, container)) { Identity = name });
        if (container.At("resources", "limits", "memory") is null)
            context.Report(new Finding(ScanRules.MissingResourceLimits, $"The container '{name}' has no memory limit.", Place(context, container)) { Identity = name });
    }

    private static void CheckPolicy(AnalysisContext context, YamlNode policy, List<YamlNode> labels)
    {
        List<(string Key, YamlNode Value)>? wanted = policy.At("spec", "podSelector", "matchLabels")?.Pairs;
        if (wanted is null || wanted.Count == 0)
            return;
        bool selects = labels.Any(own => wanted.All(pair => own[pair.Key]?.Value == pair.Value.Value));
        if (!selects)
        {
            string name = PrintableText.Escape(policy.At("metadata", "name")?.Value ?? "?", 64);
            context.Report(new Finding(ScanRules.NetworkPolicySelectsNothing, $"No pod of this file has the labels that the policy '{name}' selects.", Place(context, wanted[0].Value)) { Identity = name });
        }
    }

    private static FindingLocation Place(AnalysisContext context, YamlNode node) => context.AtLine(node.Line, node.Column);
}
