using System.Globalization;

namespace SecurityToolchain.Scanning.Benchmarks;

/// <summary>What the command line asked for.</summary>
/// <param name="Names">The benchmarks, or "all".</param>
/// <param name="Folder">The tree of binaries that is scanned; default: the .NET SDK.</param>
/// <param name="TextFolder">The tree of text that is searched for secrets; default: made from the sources and the documentation files of packages.</param>
/// <param name="Rounds">How often each thing is measured; the best round counts.</param>
internal sealed record BenchmarkSettings(string[] Names, string Folder, string? TextFolder, int Rounds)
{
    public static BenchmarkSettings Parse(string[] args)
    {
        string folder = Path.Combine(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")), "sdk");
        string? text = null;
        int rounds = 4;
        var names = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--folder" && i + 1 < args.Length)
                folder = args[++i];
            else if (args[i] == "--text" && i + 1 < args.Length)
                text = args[++i];
            else if (args[i] == "--rounds" && i + 1 < args.Length)
                rounds = int.Parse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture);
            else
                names.Add(args[i]);
        }

        return new BenchmarkSettings(names.Count == 0 ? ["all"] : [.. names], folder, text, rounds);
    }

    public bool Wants(string name) => Names.Contains(name) || (Names.Contains("all") && name is not ("analyzers" or "strings"));
}
