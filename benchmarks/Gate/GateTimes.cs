using System.Globalization;
using System.Text.RegularExpressions;

namespace SecurityToolchain.GateCost;

/// <summary>What the gate itself says about one check.</summary>
/// <param name="Packages">How many packages it covered.</param>
/// <param name="WallMilliseconds">Time on the wall clock.</param>
/// <param name="CpuMilliseconds">Processor time of the build process while it ran.</param>
internal sealed partial record GateTimes(int Packages, double WallMilliseconds, double CpuMilliseconds)
{
    /// <summary>Reads the gate's two lines from a build's output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="kind"><c>cold</c> or <c>warm</c>.</param>
    /// <exception cref="InvalidDataException">The gate did not run, or not in this way, or found something.</exception>
    public static GateTimes Read(string output, string kind)
    {
        Match summary = Summary().Match(output), processor = Processor().Match(output);
        if (!summary.Success || !processor.Success || summary.Groups["kind"].Value != kind || summary.Groups["findings"].Value != "0")
            throw new InvalidDataException($"The gate did not report a {kind} check without findings, but: {summary.Value}");
        return new GateTimes(
            int.Parse(summary.Groups["packages"].Value, CultureInfo.InvariantCulture),
            double.Parse(summary.Groups["ms"].Value, CultureInfo.InvariantCulture),
            double.Parse(processor.Groups["ms"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>The median of each figure.</summary>
    public static GateTimes Median(IReadOnlyCollection<GateTimes> times) => new(
        times.First().Packages,
        Cost.Middle(times.Select(static time => time.WallMilliseconds)),
        Cost.Middle(times.Select(static time => time.CpuMilliseconds)));

    [GeneratedRegex(@"SecurityToolchain gate: (?<packages>\d+) packages verified, (?<findings>\d+) findings \((?<kind>cold|warm) (?<ms>\d+) ms\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Summary();

    [GeneratedRegex(@"SecurityToolchain gate: processor time (?<ms>\d+) ms", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Processor();
}
