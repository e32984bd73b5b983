using System.Globalization;

namespace SecurityToolchain.RuleTool;

/// <summary>A line of DiagnosticCategoryAndIdRanges.txt.</summary>
/// <param name="Category">The category, which is also the name of the area's folders.</param>
/// <param name="First">The lowest number.</param>
/// <param name="Last">The highest number.</param>
internal sealed record IdRange(string Category, int First, int Last)
{
    private const string Prefix = "STC";

    public static IReadOnlyList<IdRange> ReadAll(string path) =>
        [.. File.ReadLines(path).Where(static line => line.Length > 0 && line[0] != '#').Select(static line => Parse(line))];

    public static string Format(int number) => Prefix + number.ToString("D4", CultureInfo.InvariantCulture);

    private static IdRange Parse(string line)
    {
        string[] parts = line.Split([':', '-'], StringSplitOptions.TrimEntries);
        if (parts.Length != 3)
            throw new ScaffoldException($"'{line}' is not 'Category: {Prefix}nnnn-{Prefix}nnnn'.");
        return new IdRange(parts[0], Number(parts[1]), Number(parts[2]));
    }

    private static int Number(string id) => int.Parse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
