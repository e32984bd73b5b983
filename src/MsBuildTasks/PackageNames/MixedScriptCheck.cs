using System.Globalization;
using System.Text;
using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>Letters of two writing systems in one id, and characters that no id needs. No honest reference known to us has one.</summary>
internal sealed class MixedScriptCheck : INameCheck
{
    /// <inheritdoc/>
    public NameSignal? Check(PackageName name, PopularPackages popular)
    {
        if (Ascii.IsValid(name.Id))
            return null;
        int script = Script.Common;
        foreach (Rune rune in name.Id.EnumerateRunes())
        {
            int found = Script.Of(rune);
            bool mixes = found == Script.Unusual || (found != Script.Common && script != Script.Common && found != script);
            if (mixes)
            {
                string? target = popular.FindBySkeleton(name)?.Id;
                string pretends = target is null ? "" : $" and reads like '{target}'";
                return new NameSignal(GateRules.MixedScriptId, string.Create(CultureInfo.InvariantCulture, $"it contains U+{First(name.Id, script):X4}{pretends}"), target);
            }

            if (found != Script.Common)
                script = found;
        }

        return null;
    }

    // The character to show is the foreign one: not Latin, whichever came first.
    private static int First(string id, int script)
    {
        foreach (Rune rune in id.EnumerateRunes())
        {
            int found = Script.Of(rune);
            if (found is not (Script.Common or Script.Latin))
                return rune.Value;
        }

        return script;
    }
}
