using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Pod security, limits and network policies of Kubernetes manifests.</summary>
internal static class KubernetesRules
{
    // Each of them leads out of the container or to the rights of others on the node.
    private static readonly string[] StrongCapabilities = ["ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "NET_ADMIN", "NET_RAW", "DAC_READ_SEARCH", "BPF", "PERFMON"];

    public static void Check(AnalysisContext context, List<YamlNode> documents)
    {
        List<YamlNode> objects = [.. documents.SelectMany(static document => document["kind"]?.Value == "List" && document["items"]?.Items is { } items ? items : [document])];
        var pods = new List<(string Space, YamlNode? Labels)>();
        foreach (YamlNode item in objects)
        {
            if (PodTemplate(item) is not { } template)
                continue;
            pods.Add((Namespace(item), template.At("metadata", "labels")));
            if (template["spec"] is { } spec)
                CheckPod(context, spec);
        }

        foreach (YamlNode item in objects)
        {
            if (item["apiVersion"] is null)
                continue;
            string? kind = item["kind"]?.Value;
            if (pods.Count > 0)
                LabelSelectors.Check(context, kind, item, pods);
            if (kind is "ClusterRole" or "Role")
                CheckRole(context, item);
            else if (kind is "ClusterRoleBinding" && item.At("roleRef", "name") is { Value: "cluster-admin" } admin)
                context.Report(ScanRules.BroadClusterRole, "cluster-admin is bound.", Place(context, admin));
        }
    }

    /// <summary>The namespace of an object; the default one when it names none.</summary>
    public static string Namespace(YamlNode item) => item.At("metadata", "namespace")?.Value ?? "default";

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
        if ((own?["procMount"])?.Value == "Unmasked")
            context.Report(ScanRules.PrivilegedPod, $"The container '{name}' has procMount: Unmasked.", Place(context, own["procMount"]!));
        foreach (YamlNode added in own?.At("capabilities", "add")?.Items ?? [])
        {
            string capability = added.Value ?? "";
            if (StrongCapabilities.Contains(capability.StartsWith("CAP_", StringComparison.OrdinalIgnoreCase) ? capability[4..] : capability, StringComparer.OrdinalIgnoreCase))
                context.Report(ScanRules.PrivilegedPod, $"The container '{name}' has the capability {PrintableText.Escape(capability, 32)}.", Place(context, added));
        }

        foreach (YamlNode port in container["ports"]?.Items ?? [])
        {
            if (port["hostPort"] is { Value: not (null or "0") } hostPort)
                context.Report(ScanRules.PrivilegedPod, $"The container '{name}' takes a port of the node.", Place(context, hostPort));
        }

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
        if ((own?.At("seccompProfile", "type") ?? shared?.At("seccompProfile", "type"))?.Value == "Unconfined")
            missing.Add("a seccomp profile");
        if (missing.Count > 0)
            context.Report(new Finding(ScanRules.UnrestrictedContainer, $"The container '{name}' lacks {string.Join(", ", missing)}.", Place(context, container)) { Identity = name });
        if (container.At("resources", "limits", "memory") is null)
            context.Report(new Finding(ScanRules.MissingResourceLimits, $"The container '{name}' has no memory limit.", Place(context, container)) { Identity = name });
    }

    private static void CheckRole(AnalysisContext context, YamlNode role)
    {
        foreach (YamlNode rule in role["rules"]?.Items ?? [])
        {
            if (HasWildcard(rule["verbs"]) && HasWildcard(rule["resources"]))
                context.Report(ScanRules.BroadClusterRole, $"The role '{PrintableText.Escape(role.At("metadata", "name")?.Value ?? "?", 64)}' allows everything.", Place(context, rule));
        }
    }

    private static bool HasWildcard(YamlNode? list) => list?.Items?.Any(static item => item.Value == "*") == true;

    private static FindingLocation Place(AnalysisContext context, YamlNode node) => context.AtLine(node.Line, node.Column);
}
