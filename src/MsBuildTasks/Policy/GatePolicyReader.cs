using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>Reads <c>security-toolchain.json</c>. Everything that is not understood is an error: a policy with a typo must not pass.</summary>
public static class GatePolicyReader
{
    /// <summary>The name that stands for nuget.org's repository certificates in <c>trustedSigners</c>.</summary>
    public const string NuGetOrg = "nuget.org";

    private const int FingerprintLength = 64;

    // Published by nuget.org as its repository signing certificates; the test of real packages meets all three.
    private static readonly string[] NuGetOrgFingerprints =
    [
        "0E5F38F57DC1BCC806D8494F4F90FBCEDD988B46760709CBEEC6F4219AA6157D",
        "5A2901D6ADA3D18260B9C6DFE2133C95D74B9EEF6AE0E5DC334C8454D1477DF4",
        "1F4B311D9ACC115C8DC8018B5A49E00FCE6DA8E2855F9F014CA6F34570BC482D",
    ];

    // Evidence of tampering has no good reason; everything else may have one.
    private static readonly HashSet<string> AllowableRules = new(StringComparer.Ordinal)
    {
        "STC7001", "STC7002", "STC7003", "STC7004", "STC7010", "STC7011", "STC7013", "STC7014", "STC7030",
    };

    /// <summary>Reads a policy.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="path">The path of the file; folders in it are relative to it.</param>
    /// <exception cref="PolicyException">The content breaks the schema; the exception names the line.</exception>
    public static GatePolicy Read(byte[] content, string path)
    {
        ArgumentNullException.ThrowIfNull(content);
        PolicyNode root = PolicyNode.Parse(content);
        Expect(root, JsonValueKind.Object, "the policy");
        var policy = new GatePolicy { Path = path };
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach ((string name, int line, PolicyNode value) in root.Members)
        {
            policy = name switch
            {
                "$schema" => policy,
                "requireSignature" => policy with { RequireSignature = Boolean(value, name) },
                "trustedSigners" => policy with { TrustedFingerprints = [.. Items(value, name).SelectMany(Fingerprints)] },
                "owners" => policy with { Owners = [.. Items(value, name).Select(Owner)] },
                "localFeeds" => policy with { LocalFeeds = [.. Items(value, name).Select(item => Feed(item, folder))] },
                "allow" => policy with { Allow = [.. Items(value, name).Select(Allow)] },
                _ => throw new PolicyException(line, $"'{name}' is not a member of the policy; known are requireSignature, trustedSigners, owners, localFeeds and allow"),
            };
        }

        return policy;
    }

    private static IEnumerable<string> Fingerprints(PolicyNode node)
    {
        if (node.Kind == JsonValueKind.String)
        {
            return node.Text == NuGetOrg
                ? NuGetOrgFingerprints
                : throw new PolicyException(node.Line, $"'{node.Text}' is not a known signer; known is '{NuGetOrg}', others need an object with name and fingerprints");
        }

        Dictionary<string, PolicyNode> members = Members(node, "a trusted signer", ["name", "fingerprints"], []);
        RequiredText(members["name"], "name");
        return Items(members["fingerprints"], "fingerprints").Select(Fingerprint);
    }

    private static string Fingerprint(PolicyNode node)
    {
        string text = RequiredText(node, "a fingerprint").Replace(":", "", StringComparison.Ordinal);
        return text.Length == FingerprintLength && text.All(char.IsAsciiHexDigit)
            ? text.ToUpperInvariant()
            : throw new PolicyException(node.Line, $"'{node.Text}' is not a SHA-256 fingerprint of {FingerprintLength} hexadecimal digits");
    }

    private static OwnerRule Owner(PolicyNode node)
    {
        Dictionary<string, PolicyNode> members = Members(node, "an owner rule", ["packages", "owners"], []);
        ImmutableArray<string> owners = [.. Items(members["owners"], "owners").Select(static item => RequiredText(item, "an owner"))];
        return owners.IsEmpty
            ? throw new PolicyException(members["owners"].Line, "'owners' is empty; no package could satisfy it")
            : new OwnerRule(Pattern(members["packages"]), owners, node.Line);
    }

    private static LocalFeed Feed(PolicyNode node, string folder)
    {
        Dictionary<string, PolicyNode> members = Members(node, "a local feed", ["path", "packages", "reason"], []);
        RequiredText(members["reason"], "reason");
        return new LocalFeed(Path.GetFullPath(Path.Combine(folder, RequiredText(members["path"], "path"))), Pattern(members["packages"]), node.Line);
    }

    private static AllowEntry Allow(PolicyNode node)
    {
        Dictionary<string, PolicyNode> members = Members(node, "an allow entry", ["rule", "package", "reason", "expires"], []);
        string rule = RequiredText(members["rule"], "rule");
        if (!AllowableRules.Contains(rule))
        {
            throw new PolicyException(
                members["rule"].Line, $"'{rule}' cannot be allowed; possible are {string.Join(", ", AllowableRules.Order(StringComparer.Ordinal))}");
        }

        string expires = RequiredText(members["expires"], "expires");
        if (!DateOnly.TryParseExact(expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            throw new PolicyException(members["expires"].Line, $"'{expires}' is not a day of the form yyyy-MM-dd");
        return new AllowEntry(rule, Pattern(members["package"]), RequiredText(members["reason"], "reason"), day, node.Line);
    }

    private static PackagePattern Pattern(PolicyNode node) =>
        PackagePattern.TryParse(RequiredText(node, "a package pattern"))
        ?? throw new PolicyException(node.Line, $"'{node.Text}' is neither a package id nor the start of one followed by '*'");

    private static Dictionary<string, PolicyNode> Members(PolicyNode node, string what, string[] required, string[] optional)
    {
        Expect(node, JsonValueKind.Object, what);
        var members = new Dictionary<string, PolicyNode>(StringComparer.Ordinal);
        foreach ((string name, int line, PolicyNode value) in node.Members)
        {
            if (!required.Contains(name, StringComparer.Ordinal) && !optional.Contains(name, StringComparer.Ordinal))
                throw new PolicyException(line, $"'{name}' is not a member of {what}; known are {string.Join(", ", required.Concat(optional))}");
            members.Add(name, value);
        }

        foreach (string name in required)
        {
            if (!members.ContainsKey(name))
                throw new PolicyException(node.Line, $"{what} needs '{name}'");
        }

        return members;
    }

    private static List<PolicyNode> Items(PolicyNode node, string name)
    {
        Expect(node, JsonValueKind.Array, $"'{name}'");
        return node.Items;
    }

    private static bool Boolean(PolicyNode node, string name) =>
        node.Kind is JsonValueKind.True or JsonValueKind.False
            ? node.Kind == JsonValueKind.True
            : throw new PolicyException(node.Line, $"'{name}' must be true or false");

    private static string RequiredText(PolicyNode node, string what)
    {
        Expect(node, JsonValueKind.String, what);
        return string.IsNullOrWhiteSpace(node.Text) ? throw new PolicyException(node.Line, $"{what} is empty") : node.Text;
    }

    private static void Expect(PolicyNode node, JsonValueKind kind, string what)
    {
        if (node.Kind != kind)
            throw new PolicyException(node.Line, $"{what} must be {(kind == JsonValueKind.Object ? "an object" : kind == JsonValueKind.Array ? "an array" : "a text")}");
    }
}
