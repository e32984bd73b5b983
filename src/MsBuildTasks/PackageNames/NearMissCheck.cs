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

    // Language codes, protocol names and the like ('sns' and 'sqs') are one letter apart on purpose.
    private const int MaxCodeLength = 3;

    /// <inheritdoc/>
    public NameSignal? Check(PackageName name, PopularPackages popular)
    {
        int edits = name.Lower.Length >= MinLengthForTwoSlips ? 2 : 1;
        foreach (PackageName target in popular.Near(name, edits))
        {
            if (EditScript.Between(target.Lower, name.Lower, edits) is { } script && IsNearMiss(name, target, script))
                return new NameSignal(GateRules.TyposquatId, $"it is '{target.Id}' with {script}", target.Id);
        }

        return null;
    }

    private static bool IsNearMiss(PackageName name, PackageName target, EditScript script)
    {
        if (script.OnlyDigits)
            return false;
        if (script.Count == 1)
            return target.Lower.Length >= MinLengthForAnyEdit ? !DiffersInCode(name, target) : script.IsSlip && !script.IsKeyboard;
        return script.IsSlip && target.Lower.Length >= MinLengthForTwoSlips;
    }

    private static bool DiffersInCode(PackageName name, PackageName target)
    {
        if (name.Segments.Length != target.Segments.Length || name.Segments.Length < 2)
            return false;
        for (int i = 0; i < name.Segments.Length; i++)
        {
            if (name.Segments[i] != target.Segments[i])
                return Math.Max(name.Segments[i].Length, target.Segments[i].Length) <= MaxCodeLength;
        }

        return false;
    }
}
