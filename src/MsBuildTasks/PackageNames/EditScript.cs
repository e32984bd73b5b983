namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>The edits that lead from a well-known id to another one.</summary>
/// <remarks>
/// Optimal string alignment (restricted Damerau-Levenshtein) by trying edits at the first difference; with at most two edits that is a
/// handful of comparisons. Reference: F. Damerau, A technique for computer detection and correction of spelling errors, CACM 7(3), 1964.
/// </remarks>
internal sealed class EditScript
{
    private readonly List<Edit> _edits = [];

    private EditScript()
    {
    }

    private enum EditKind
    {
        Insert,
        Delete,
        Replace,
        Swap,
    }

    /// <summary>The number of edits, 1 or 2.</summary>
    public int Count => _edits.Count;

    /// <summary>Whether every edit adds, drops or changes a digit: a version, not a slip.</summary>
    public bool OnlyDigits => _edits.TrueForAll(static edit => (edit.From is '\0' || char.IsAsciiDigit(edit.From)) && (edit.To is '\0' || char.IsAsciiDigit(edit.To)));

    /// <summary>Whether every edit is a slip of the finger: swapped, doubled, a neighbour on the keyboard, or a separator.</summary>
    public bool IsSlip => _edits.TrueForAll(static edit => edit.IsSlip);

    /// <summary>Whether an edit takes a neighbour on the keyboard.</summary>
    public bool IsKeyboard => _edits.Exists(static edit => edit.Kind == EditKind.Replace);

    /// <summary>Finds the shortest script.</summary>
    /// <param name="from">The well-known id.</param>
    /// <param name="to">The id in question.</param>
    /// <param name="limit">The most edits, 1 or 2.</param>
    /// <returns>The script, or null when the texts are equal or further apart.</returns>
    public static EditScript? Between(string from, string to, int limit)
    {
        if (from == to)
            return null;
        for (int edits = 1; edits <= limit; edits++)
        {
            var script = new EditScript();
            if (script.Search(from, to, edits))
                return script;
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" and ", _edits);

    private bool Search(ReadOnlySpan<char> from, ReadOnlySpan<char> to, int left)
    {
        int common = from.CommonPrefixLength(to);
        char before = common > 0 ? from[common - 1] : '\0';
        from = from[common..];
        to = to[common..];
        if (from.IsEmpty && to.IsEmpty)
            return true;
        if (left == 0 || Math.Abs(from.Length - to.Length) > left)
            return false;
        if (from.Length > 1 && to.Length > 1 && from[0] == to[1] && from[1] == to[0]
            && Try(new Edit(EditKind.Swap, from[0], from[1], true), from[2..], to[2..], left))
        {
            return true;
        }

        if (!from.IsEmpty && !to.IsEmpty && Try(Replace(from[0], to[0]), from[1..], to[1..], left))
            return true;
        if (!to.IsEmpty && Try(Insert(to[0], before, to.Length > 1 ? to[1] : '\0'), from, to[1..], left))
            return true;
        return !from.IsEmpty && Try(Delete(from[0], before, from.Length > 1 ? from[1] : '\0'), from[1..], to, left);
    }

    private bool Try(Edit edit, ReadOnlySpan<char> from, ReadOnlySpan<char> to, int left)
    {
        _edits.Add(edit);
        if (Search(from, to, left - 1))
            return true;
        _edits.RemoveAt(_edits.Count - 1);
        return false;
    }

    private static Edit Replace(char from, char to) => new(
        EditKind.Replace, from, to, KeyboardLayout.AreNeighbours(from, to) || (PackageName.IsSeparator(from) && PackageName.IsSeparator(to)));

    private static Edit Insert(char added, char before, char after) =>
        new(EditKind.Insert, '\0', added, added == before || added == after || PackageName.IsSeparator(added));

    private static Edit Delete(char dropped, char before, char after) =>
        new(EditKind.Delete, dropped, '\0', dropped == before || dropped == after || PackageName.IsSeparator(dropped));

    private readonly record struct Edit(EditKind Kind, char From, char To, bool IsSlip)
    {
        public override string ToString() => Kind switch
        {
            EditKind.Insert => $"'{To}' added",
            EditKind.Delete => $"'{From}' left out",
            EditKind.Replace => $"'{To}' for '{From}'",
            _ => $"'{From}' and '{To}' swapped",
        };
    }
}
