namespace SecurityToolchain.Secrets.Detection;

/// <summary>Keeps the best of overlapping matches.</summary>
internal struct MatchCollector
{
    private List<SecretMatch>? _matches;

    /// <summary>The matches in order of their start.</summary>
    public readonly IReadOnlyList<SecretMatch> ToList()
    {
        if (_matches is null)
            return [];
        _matches.Sort(static (left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.Length.CompareTo(left.Length));
        return _matches;
    }

    /// <summary>Adds a match unless a better one covers it, and drops what it covers better.</summary>
    public void Add(in SecretMatch match)
    {
        _matches ??= [];
        for (int i = _matches.Count - 1; i >= 0; i--)
        {
            SecretMatch other = _matches[i];
            if (other.End <= match.Start || match.End <= other.Start)
                continue;
            if (IsBetter(other, match))
                return;
            _matches.RemoveAt(i);
        }

        _matches.Add(match);
    }

    // A checked checksum beats a shape, a provider's format a guess from the name, the longer text the shorter. The first stays on a tie.
    private static bool IsBetter(in SecretMatch first, in SecretMatch second)
    {
        if ((first.Checksum == ChecksumState.Valid) != (second.Checksum == ChecksumState.Valid))
            return first.Checksum == ChecksumState.Valid;
        if (first.Confidence != second.Confidence)
            return first.Confidence > second.Confidence;
        return first.Length >= second.Length;
    }
}
