using System.Globalization;
using System.Text;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>
/// What the eye sees of an id: letters that look alike are folded to one, marks are dropped. Two ids with the same skeleton are told
/// apart only by reading character by character.
/// </summary>
/// <remarks>
/// Reference: Unicode Technical Standard 39, section 4 (the skeleton transform). The table holds the look-alikes of ASCII letters and
/// digits in the scripts that publishers could use; it is written for package ids and smaller than the standard's file.
/// </remarks>
internal static class VisualSkeleton
{
    // Each row: an ASCII character, then everything that looks like it, in small or capital form.
    private static readonly string[] Rows =
    [
        "a\u0430\u0410\u03b1\u0391\u0251\u13aa\u15c5\ua4ee\u1d00\u237a\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u0101\u0103\u0105",
        "b\u0412\u0392\u13cf\u15af\ua4d0\u0184\u044c\u0432\u1d03",
        "c\u0441\u0421\u03f2\u03f9\u13df\ua4da\u1d04\u2ca5\u2ca4\u00e7\u0107\u0109\u010b\u010d",
        "d\u0501\u13e7\u146f\ua4d2\u13a0\u15de\ua4d3\u1d05\u010f\u0111\u00f0",
        "e\u0435\u0415\u0395\u03b5\u13ac\u212e\u0454\u0404\u04bd\ua4f0\u1d07\u0259\u0258\u00e8\u00e9\u00ea\u00eb\u0113\u0115\u0117\u0119\u011b",
        "f\u03dc\u0192\u1e9d\u0584\ua4dd\u15b4",
        "g\u0261\u0581\u050c\u050d\u13c0\ua4d6\u1d83\u011d\u011f\u0121\u0123",
        "h\u04bb\u04ba\u041d\u0397\u0570\u13bb\u157c\ua4e7\u043d\u210e\u0125\u0127",
        "i\u0456\u0406\u0399\u03b9\u0131\u13a5\u0269\u026a\u1d7b\ua4f2\u04cf\u04c0\u0196\u2170\u00ec\u00ed\u00ee\u00ef\u0129\u012b\u012d\u012f",
        "j\u0458\u0408\u037f\u13ab\ua4d9\u03f3\u1d0a\u0135",
        "k\u043a\u041a\u039a\u03ba\u13e6\ua4d7\u0138\u1d0b\u2c94\u0137",
        "l\u217c\u0627\u05df\u13de\ua4e1\u2cd0\u053c\u029f\u013a\u013c\u013e\u0142",
        "m\u041c\u039c\u043c\u03fb\u13b7\ua4df\u2c98\u217f\u028d",
        "n\u039d\u0578\u057c\ua4e0\u2c9a\u0274\u03b7\u043f\u0548\u00f1\u0144\u0146\u0148\u014b",
        "o\u043e\u041e\u03bf\u039f\u0585\u0555\u03c3\u1d0f\u2c9e\u2c9f\ua4f3\u0966\u0ae6\u0c66\u0d66\u0e50\u06f5\u0665\u3007\u00f2\u00f3\u00f4\u00f5\u00f6\u00f8\u014d\u014f\u0151\u01a1",
        "p\u0440\u0420\u03c1\u03a1\u13e2\u2ca2\u2ca3\ua4d1\u03f1\u1d18",
        "q\u051b\u051a\u0563\u0566\u2d55",
        "r\u0433\u13a1\u13d2\ua4e3\u1d26\u0280\u0491\u2c85\u0155\u0157\u0159",
        "s\u0455\u0405\u054f\u13da\u13d5\ua4e2\ua731\u01bd\u015b\u015d\u015f\u0161\u0219",
        "t\u0422\u03a4\u0442\u03c4\u13a2\ua4d4\u2ca6\u1d1b\u0163\u0165\u0167\u021b",
        "u\u057d\u054d\u03c5\u028b\u1d1c\ua4f4\u0446\u144c\u222a\u00f9\u00fa\u00fb\u00fc\u0169\u016b\u016d\u016f\u0171\u0173",
        "v\u03bd\u0475\u0474\u13d9\ua4e6\u05d8\u2174\u1d20\u2228",
        "w\u0461\u0460\u051d\u051c\u0561\u13b3\u13d4\ua4ea\u0448\u1d21\u03c9\u0175",
        "x\u0445\u0425\u03a7\u03c7\ua4eb\u2cac\u2179\u157d\u04b3\u00d7",
        "y\u0443\u0423\u03a5\u03b3\u04af\u04ae\u13a9\u13bd\ua4ec\u2ca8\u028f\u10e7\u00fd\u00ff\u0177",
        "z\u0396\u13c3\ua4dc\u1d22\u2c8c\u0290\u017a\u017c\u017e",
        "3\u0417\u0437\u04e0\u04e1\u01b7\u021c\u2ccc\ua76a\u0292",
        "4\u13ce\u0427\u0447",
        "6\u0431\u13ee\u2cd2",
        "8\u0222\u0223",
        "9\ua76e\u2cca",
    ];

    private static readonly Dictionary<int, char> Folds = BuildFolds();

    /// <summary>The skeleton of an id, in lower case without marks.</summary>
    public static string Of(string id)
    {
        // No call to Normalize: without ICU, as in small containers, it leaves everything but ASCII alone. The table has the accented letters.
        var skeleton = new StringBuilder(id.Length);
        foreach (Rune rune in id.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
                continue;
            skeleton.Append(Fold(rune));
        }

        // Two letters that touch look like one.
        return skeleton.Replace("rn", "m").Replace("vv", "w").Replace("cl", "d").ToString();
    }

    private static string Fold(Rune rune)
    {
        // The capital I, the small l and the digit 1 are one stroke in most fonts; a small i carries a dot.
        return rune.Value switch
        {
            'I' or 'l' or '1' or '|' => "l",
            '0' or 'O' => "o",
            '5' or 'S' => "s",
            '2' or 'Z' => "z",
            '-' or '_' => ".",
            >= 0xFF01 and <= 0xFF5E => Fold(new Rune(rune.Value - 0xFEE0)),
            _ when Folds.TryGetValue(rune.Value, out char folded) => folded.ToString(),
            _ when Folds.TryGetValue(Rune.ToLowerInvariant(rune).Value, out char folded) => folded.ToString(),
            _ => Rune.ToLowerInvariant(rune).ToString(),
        };
    }

    private static Dictionary<int, char> BuildFolds()
    {
        var folds = new Dictionary<int, char>();
        foreach (string row in Rows)
        {
            foreach (char character in row.AsSpan(1))
                folds.TryAdd(character, row[0]);
        }

        // A capital Cyrillic or Greek I is the stroke without a dot.
        folds[0x0406] = 'l';
        folds[0x0399] = 'l';
        folds[0x04c0] = 'l';
        folds[0x04cf] = 'l';
        return folds;
    }
}
