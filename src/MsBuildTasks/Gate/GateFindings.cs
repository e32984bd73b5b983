using System.Collections.Immutable;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>Builds findings of the gate: the package, the evidence, what to do.</summary>
internal static class GateFindings
{
    public const string PackageProperty = "package";
    public const string VersionProperty = "version";

    /// <summary>A finding about a package.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="package">The package; the version may be empty before restore.</param>
    /// <param name="path">The file that the finding is shown at.</param>
    /// <param name="evidence">What was seen, without a full stop.</param>
    public static Finding ForPackage(RuleMetadata rule, PackageIdentity package, string path, string evidence)
    {
        string name = package.Version.Length == 0 ? package.Id : package.ToString();
        return new Finding(rule, $"{rule.Title}: {Printable(name)}: {Printable(evidence)}. {rule.Remedy}.", new FindingLocation(path))
        {
            Evidence = Printable(evidence),
            Identity = package + "\n" + evidence,
            Properties = ImmutableSortedDictionary<string, string>.Empty
                .Add(PackageProperty, Printable(package.Id)).Add(VersionProperty, Printable(package.Version)),
        };
    }

    /// <summary>A finding about the project or the policy.</summary>
    public static Finding ForProject(RuleMetadata rule, string path, string evidence, int line = 0)
    {
        // The messages of parsers and of the system end with a full stop of their own.
        string shown = Printable(evidence.ReplaceLineEndings(" ").TrimEnd('.', ' '));
        return new Finding(rule, $"{rule.Title}: {shown}. {rule.Remedy}.", new FindingLocation(path) { Line = line }) { Evidence = shown };
    }

    // Ids and file names come from packages: control, format and non-ASCII characters are shown by their number, so that a look-alike
    // letter is visible and a terminal is not steered.
    internal static string Printable(string text)
    {
        if (text.All(static character => character is >= ' ' and < '\x7f'))
            return text;
        var printable = new System.Text.StringBuilder(text.Length + 16);
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' and < 0x7f)
                printable.Append((char)rune.Value);
            else
                printable.Append(System.Globalization.CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
        }

        return printable.ToString();
    }
}
