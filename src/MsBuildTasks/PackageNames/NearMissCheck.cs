using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>
/// One edit away from a well-known id (a letter more, less, other, or two swapped), or two edits that are both slips of the finger.
/// </summary>
internal sealed class NearMissCheck : INameCheck
{
    // Short ids lie close to each other by chance: there only swaps and doubled letters are slips.
    private const int MinLengthForAnyEdit = 5;
    private const int MinLengthForTwoSlips = 9;

    // The last part of an id is often a code (a language, a database), and codes are one letter apart on purpose.
    private const int MaxCodeLength = 3;

    /// <inheritdoc/>
    public NameSignal? Check(PackageName name, PopularPackages popular)
    {
        int edits = name.Lower.Length >= MinLengthForTwoSlips ? 2 : 1;
        foreach (PackageName target in popular.Near(name, edits))
        {
            if (EditScript.Between(target.Lower, name.Lower, edits) is { } script && IsNearMiss(name, target, script) && !NamesAnotherBrand(name, target, popular))
                return new NameSignal(GateRules.TyposquatId, $"it is '{target.Id}' with {script}", target.Id);
        }

        return null;
    }

    private static bool IsNearMiss(PackageName name, PackageName target, EditScript script)
    {
        if (script.OnlyDigits)
            return false;
        if (DiffersInCode(name, target))
            return false;
        if (script.Count == 1)
            return target.Lower.Length >= MinLengthForAnyEdit || (script.IsSlip && !script.IsKeyboard);
        return script.IsSlip && target.Lower.Length >= MinLengthForTwoSlips;
    }

    // "Verify.NUnit" is not a slip for "Verify.Xunit", nor "NUnit" for "xunit": where the ids differ, each has the name of a brand that
    // publishes packages of its own. A squatter cannot choose such a name without impersonating that other brand.
    private static bool NamesAnotherBrand(PackageName name, PackageName target, PopularPackages popular)
    {
        if (name.Segments.Length != target.Segments.Length)
            return false;
        for (int i = 0; i < name.Segments.Length; i++)
        {
            if (name.Segments[i] != target.Segments[i] && !popular.IsBrand(name.Segments[i], name.Lower))
                return false;
        }

        return true;
    }

    private static bool DiffersInCode(PackageName name, PackageName target)
    {
        int count = name.Segments.Length;
        return count > 1 && count == target.Segments.Length
            && Math.Max(name.Segments[^1].Length, target.Segments[^1].Length) <= MaxCodeLength
            && name.Segments.AsSpan(0, count - 1).SequenceEqual(target.Segments.AsSpan(0, count - 1));
    }
}
