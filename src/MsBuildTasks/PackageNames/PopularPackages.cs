using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>
/// The well-known package ids, from the embedded list <c>popular-nuget-ids.tsv</c>: ids that public repositories reference, with counts.
/// The forms that checks compare are made at the first id that is not in the list, which most builds do not have.
/// </summary>
internal sealed class PopularPackages
{
    private const string ResourceName = "popular-nuget-ids.tsv";

    private readonly ImmutableArray<string> _ids;
    private readonly HashSet<string> _lookup;
    private readonly Lazy<Forms> _forms;

    public PopularPackages(IEnumerable<string> ids)
    {
        _ids = [.. ids];
        _lookup = new HashSet<string>(_ids, StringComparer.OrdinalIgnoreCase);
        _forms = new Lazy<Forms>(() => new Forms(_ids));
    }

    /// <summary>The ids as their publishers write them.</summary>
    public ImmutableArray<string> Ids => _ids;

    /// <summary>Reads the embedded list.</summary>
    public static PopularPackages Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"the resource '{ResourceName}' is missing");
        using var reader = new StreamReader(stream);
        var ids = new List<string>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            ids.Add(tab < 0 ? line : line[..tab]);
        }

        return new PopularPackages(ids);
    }

    /// <summary>Whether the id is well known itself.</summary>
    public bool Contains(string id) => _lookup.Contains(id);

    /// <summary>The well-known id that looks the same, or null.</summary>
    public PackageName? FindBySkeleton(PackageName name) => Find(_forms.Value.BySkeleton, name.Skeleton, name);

    /// <summary>The well-known id that differs in separators alone, or null.</summary>
    public PackageName? FindByJoined(PackageName name) => Find(_forms.Value.ByJoined, name.Joined, name);

    /// <summary>The well-known id with the same words in another order, or null.</summary>
    public PackageName? FindByWords(PackageName name) => Find(_forms.Value.ByWords, name.WordKey, name);

    /// <summary>The well-known id, or null.</summary>
    public PackageName? FindExact(string lower) => _forms.Value.ByLower.GetValueOrDefault(lower);

    /// <summary>How many well-known ids start with a segment: how large the brand's family is.</summary>
    public int CountFamily(string firstSegments) => _forms.Value.Families.GetValueOrDefault(firstSegments);

    /// <summary>Whether well-known ids other than one are published under a name, in front of a separator.</summary>
    /// <param name="segment">The name, in lower case.</param>
    /// <param name="except">An id that does not count, in lower case.</param>
    public bool IsBrand(string segment, string except)
    {
        int own = _lookup.Contains(except) && (except == segment || (except.StartsWith(segment, StringComparison.Ordinal) && PackageName.IsSeparator(except[segment.Length]))) ? 1 : 0;
        return CountFamily(segment) > own;
    }

    /// <summary>The well-known ids that can be at most <paramref name="edits"/> edits away.</summary>
    public IEnumerable<PackageName> Near(PackageName name, int edits)
    {
        foreach (PackageName candidate in _forms.Value.All)
        {
            if (Math.Abs(candidate.Lower.Length - name.Lower.Length) <= edits
                && BitOperations.PopCount(candidate.Signature ^ name.Signature) <= 2 * edits
                && candidate.Lower != name.Lower)
            {
                yield return candidate;
            }
        }
    }

    private static PackageName? Find(ILookup<string, PackageName> index, string key, PackageName name) =>
        key.Length == 0 ? null : index[key].FirstOrDefault(candidate => candidate.Lower != name.Lower);

    private sealed class Forms
    {
        public Forms(ImmutableArray<string> ids)
        {
            All = [.. ids.Select(static id => new PackageName(id))];
            BySkeleton = All.ToLookup(static name => name.Skeleton, StringComparer.Ordinal);
            ByJoined = All.ToLookup(static name => name.Joined, StringComparer.Ordinal);
            ByWords = All.ToLookup(static name => name.WordKey, StringComparer.Ordinal);
            ByLower = All.ToDictionary(static name => name.Lower, StringComparer.Ordinal);
            foreach (PackageName name in All)
            {
                for (int i = 1; i <= name.Segments.Length; i++)
                {
                    string family = string.Join('.', name.Segments.Take(i));
                    Families[family] = Families.GetValueOrDefault(family) + 1;
                }
            }
        }

        public ImmutableArray<PackageName> All { get; }

        public ILookup<string, PackageName> BySkeleton { get; }

        public ILookup<string, PackageName> ByJoined { get; }

        public ILookup<string, PackageName> ByWords { get; }

        public Dictionary<string, PackageName> ByLower { get; }

        public Dictionary<string, int> Families { get; } = new(StringComparer.Ordinal);
    }
}
