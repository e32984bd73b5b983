using System.Collections.Immutable;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>A package id in the forms that checks compare.</summary>
internal sealed class PackageName
{
    private static readonly char[] Separators = ['.', '-', '_'];

    public PackageName(string id)
    {
        Id = id;
        Lower = id.ToLowerInvariant();
        Segments = [.. Lower.Split(Separators, StringSplitOptions.RemoveEmptyEntries)];
        Joined = string.Concat(Segments);
        Skeleton = VisualSkeleton.Of(id);
        WordKey = string.Join('.', Words(id).Order(StringComparer.Ordinal));
        foreach (char character in Lower)
            Signature |= Bit(character);
    }

    /// <summary>The id as written.</summary>
    public string Id { get; }

    /// <summary>The id in lower case; ids are compared without case.</summary>
    public string Lower { get; }

    /// <summary>The parts between separators, in lower case.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>The id without separators, in lower case.</summary>
    public string Joined { get; }

    /// <summary>What the eye sees.</summary>
    public string Skeleton { get; }

    /// <summary>The words of the id in a fixed order: parts between separators, and between a small and a capital letter.</summary>
    public string WordKey { get; }

    /// <summary>Which characters occur. Two names that are n edits apart differ in at most 2n bits.</summary>
    public ulong Signature { get; }

    public static bool IsSeparator(char character) => character is '.' or '-' or '_';

    private static ulong Bit(char character) => character switch
    {
        >= 'a' and <= 'z' => 1UL << (character - 'a'),
        >= '0' and <= '9' => 1UL << (26 + character - '0'),
        '.' => 1UL << 36,
        '-' => 1UL << 37,
        '_' => 1UL << 38,
        _ => 1UL << 39,
    };

    private static IEnumerable<string> Words(string id)
    {
        int start = 0;
        for (int i = 1; i <= id.Length; i++)
        {
            bool ends = i == id.Length || IsSeparator(id[i]) || IsSeparator(id[i - 1]) || (char.IsUpper(id[i]) && char.IsLower(id[i - 1]));
            if (!ends)
                continue;
            string word = id[start..i].Trim(Separators);
            if (word.Length > 0)
                yield return word.ToLowerInvariant();
            start = i;
        }
    }
}
