using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>Reads names of digests from the command line.</summary>
internal static class DigestNames
{
    public static DigestAlgorithms Parse(IReadOnlyList<string> names, DigestAlgorithms byDefault)
    {
        if (names.Count == 0)
            return byDefault;
        DigestAlgorithms all = DigestAlgorithms.None;
        foreach (string name in names.SelectMany(static n => n.Split(',')))
        {
            if (name == "all")
            {
                all = DigestAlgorithmFacts.All.Where(DigestAlgorithmFacts.IsSupported).Aggregate(all, static (sum, one) => sum | one);
                continue;
            }

            if (!DigestAlgorithmFacts.TryParse(name, out DigestAlgorithms algorithm))
                throw new UsageException($"There is no digest '{name}'. The digests are {string.Join(", ", DigestAlgorithmFacts.All.Select(DigestAlgorithmFacts.Name))} and all.");
            if (!DigestAlgorithmFacts.IsSupported(algorithm))
                throw new UsageException($"The digest '{name}' is not available on this platform.");
            all |= algorithm;
        }

        return all;
    }
}
