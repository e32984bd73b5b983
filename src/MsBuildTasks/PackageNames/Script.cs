using System.Globalization;
using System.Text;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>
/// The writing system of a character, as far as package ids need it: the runtime has no table of scripts, so blocks stand for them.
/// </summary>
/// <remarks>Reference: Unicode Standard Annex 24 (script property), Unicode Technical Standard 39, section 5 (mixed scripts).</remarks>
internal static class Script
{
    /// <summary>Digits, separators and what every script shares.</summary>
    public const int Common = 0;

    /// <summary>Letters that European languages write with: ASCII and accented Latin letters.</summary>
    public const int Latin = 1;

    /// <summary>Characters that no id needs: invisible, styled, phonetic or compatibility forms of letters, foreign digits, lone marks.</summary>
    public const int Unusual = 2;

    // First and last code point, number of the script. Blocks that are not listed count as a script each.
    private static readonly (int First, int Last, int Script)[] Blocks =
    [
        (0x0180, 0x0217, Unusual), (0x0218, 0x021B, Latin), (0x021C, 0x02FF, Unusual),
        (0x0300, 0x036F, Unusual), (0x0370, 0x03FF, 10), (0x0400, 0x052F, 11), (0x0530, 0x058F, 12), (0x0590, 0x05FF, 13),
        (0x0600, 0x06FF, 14), (0x0750, 0x077F, 14), (0x08A0, 0x08FF, 14), (0x10A0, 0x10FF, 15), (0x1100, 0x11FF, 16),
        (0x13A0, 0x13FF, 17), (0x1400, 0x167F, 18), (0x1C80, 0x1C8F, 11), (0x1C90, 0x1CBF, 15), (0x1D00, 0x1DBF, Unusual),
        (0x1DC0, 0x1DFF, Unusual), (0x1E00, 0x1EFF, Latin), (0x1F00, 0x1FFF, 10), (0x2000, 0x2BFF, Unusual), (0x2C60, 0x2C7F, Unusual),
        (0x2DE0, 0x2DFF, 11), (0x3005, 0x3007, 20), (0x3040, 0x30FF, 20), (0x3100, 0x312F, 20), (0x3400, 0x4DBF, 20), (0x4E00, 0x9FFF, 20),
        (0xA4D0, 0xA4FF, 19), (0xA640, 0xA69F, 11), (0xA720, 0xA7FF, Unusual), (0xAB30, 0xAB6F, Unusual), (0xAB70, 0xABBF, 17),
        (0xAC00, 0xD7AF, 16), (0xF900, 0xFAFF, Unusual), (0xFB00, 0xFB4F, Unusual), (0xFB50, 0xFDFF, Unusual), (0xFE00, 0xFEFF, Unusual),
        (0xFF00, 0xFFEF, Unusual), (0x1D400, 0x1D7FF, Unusual), (0x1F100, 0x1F1FF, Unusual), (0xE0000, 0xE01FF, Unusual),
        (0x20000, 0x3FFFF, 20),
    ];

    // Letters of the Latin blocks that exist to be taken for others: dotless i, kra, l with middle dot, n after apostrophe, long s, feminine
    // and masculine marks.
    private const string UnusualLatin = "\u00aa\u00b5\u00ba\u0131\u0132\u0133\u0138\u013f\u0140\u0149\u017f";

    /// <summary>The script of a character.</summary>
    public static int Of(Rune rune)
    {
        int value = rune.Value;
        if (value < 0x80)
            return value is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') ? Latin : Common;
        if (!Rune.IsLetter(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNumber)
            return Unusual;
        if (value <= char.MaxValue && UnusualLatin.Contains((char)value, StringComparison.Ordinal))
            return Unusual;
        if (value is >= 0xC0 and < 0x180)
            return Latin;
        foreach ((int first, int last, int script) in Blocks)
        {
            if (value >= first && value <= last)
                return script;
        }

        return value < 0x180 ? Unusual : 1000 + (value >> 8);
    }
}
