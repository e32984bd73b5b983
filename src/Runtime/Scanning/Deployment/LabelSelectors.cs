using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Selectors of policies, services and disruption budgets: whether a pod of the same file and namespace has the labels that they ask for.</summary>
internal static class LabelSelectors
{
    /// <summary>Checks one object.</summary>
    /// <param name="context">The context.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="item">The object.</param>
    /// <param name="pods">Namespace and labels of the pods of the file.</param>
    public static void Check(AnalysisContext context, string? kind, YamlNode item, List<(string Space, YamlNode? Labels)> pods)
    {
        (string What, YamlNode? Selector, bool Plain) found = kind switch
        {
            "NetworkPolicy" => ("policy", item.At("spec", "podSelector"), false),
            "PodDisruptionBudget" => ("disruption budget", item.At("spec", "selector"), false),
            "Service" => ("service", item.At("spec", "selector"), true),
            _ => ("", null, false),
        };
        // An empty selector takes every pod, and a service without one is served from elsewhere.
        if (found.Selector is not { Pairs.Count: > 0 } selector)
            return;
        string space = KubernetesRules.Namespace(item);
        // A template of a deployment tool may put the objects of one file into the namespace that it is run for.
        bool selects = pods.Any(pod => (pod.Space == space || pod.Space == "default" || space == "default") && (found.Plain ? HasLabels(selector, pod.Labels) : Selects(selector, pod.Labels)));
        if (selects)
            return;
        string name = PrintableText.Escape(item.At("metadata", "name")?.Value ?? "?", 64);
        YamlNode place = selector.At("matchLabels") is { Pairs: [var (_, first), ..] } ? first : selector.Pairs[0].Value;
        context.Report(new Finding(ScanRules.NetworkPolicySelectsNothing, $"No pod of this file has the labels that the {found.What} '{name}' selects.", context.AtLine(place.Line, place.Column))
        {
            Severity = kind == "NetworkPolicy" ? FindingSeverity.Warning : FindingSeverity.Note,
            Identity = name,
        });
    }

    private static bool Selects(YamlNode selector, YamlNode? labels)
    {
        if (selector["matchLabels"] is { } wanted && !HasLabels(wanted, labels))
            return false;
        return (selector["matchExpressions"]?.Items ?? []).All(expression => Holds(expression, labels));
    }

    private static bool HasLabels(YamlNode wanted, YamlNode? labels) => (wanted.Pairs ?? []).All(pair => labels?[pair.Key]?.Value == pair.Value.Value);

    private static bool Holds(YamlNode expression, YamlNode? labels)
    {
        string? value = labels?[expression["key"]?.Value ?? ""]?.Value;
        bool listed = value is not null && (expression["values"]?.Items ?? []).Any(item => item.Value == value);
        return expression["operator"]?.Value switch
        {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            // What is not understood is not held against the file.
            _ => true,
        };
    }
}
