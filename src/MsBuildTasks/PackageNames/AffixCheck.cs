using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>
/// A well-known id with a word in front or behind that means nothing, or with a number. Honest packages do this too, so the finding is a
/// warning; ids of families that publish many packages themselves are left alone.
/// </summary>
internal sealed class AffixCheck : INameCheck
{
    // Words that honest packages of a family use as well (core, abstractions, shared, signed, client ...) are not in the list.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "net", "dotnet", "netcore", "dotnetcore", "csharp", "nuget", "api", "lib", "library", "package", "official", "original", "pro", "plus",
        "premium", "free", "full", "new", "latest", "updated", "fixed", "patched", "secure", "safe", "fast", "easy", "util", "utils",
        "helper", "helpers", "wrapper", "x", "ex", "standard",
    };

    // A brand with this many well-known ids publishes under its prefix, and feeds reserve it.
    private const int LargeFamily = 8;

    /// <inheritdoc/>
    public NameSignal? Check(PackageName name, PopularPackages popular)
    {
        foreach ((string unaffixed, string added) in Candidates(name))
        {
            if (popular.FindExact(unaffixed) is not { } target || target.Lower == name.Lower)
                continue;
            string family = string.Join('.', target.Segments);
            if (popular.CountFamily(family) > 1 || popular.CountFamily(target.Segments[0]) >= LargeFamily)
                continue;
            return new NameSignal(GateRules.AffixedId, $"it is '{target.Id}' with '{added}' added", target.Id);
        }

        return null;
    }

    private static IEnumerable<(string Base, string Added)> Candidates(PackageName name)
    {
        string lower = name.Lower;
        int first = lower.AsSpan().IndexOfAny('.', '-', '_');
        int last = lower.AsSpan().LastIndexOfAny('.', '-', '_');
        if (last > 0 && Words.Contains(lower[(last + 1)..]))
            yield return (lower[..last], lower[last..]);
        if (first > 0 && Words.Contains(lower[..first]))
            yield return (lower[(first + 1)..], lower[..(first + 1)]);

        // "Name2", "Name.2", "NameV2", "Name.V2".
        int end = lower.Length;
        while (end > 0 && char.IsAsciiDigit(lower[end - 1]))
            end--;
        if (end == lower.Length || end == 0)
            yield break;
        string unnumbered = lower[..end];
        yield return (unnumbered.TrimEnd('.', '-', '_'), lower[end..]);
        if (unnumbered.EndsWith('v'))
            yield return (unnumbered[..^1].TrimEnd('.', '-', '_'), lower[(end - 1)..]);
    }
}
