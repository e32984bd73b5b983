namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>Which keys lie side by side on a QWERTY keyboard; y and z also count as exchanged, as on QWERTZ.</summary>
internal static class KeyboardLayout
{
    private static readonly string[] KeyRows = ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm."];

    // How far a row is moved to the right of the one above, in halves of a key.
    private static readonly int[] RowOffsets = [0, 1, 2, 3];

    private static readonly Dictionary<char, (int Row, int Column)> Keys = BuildKeys();

    /// <summary>Whether two characters are neighbours.</summary>
    public static bool AreNeighbours(char first, char second)
    {
        if (first is 'y' or 'z' && second is 'y' or 'z')
            return first != second;
        return Keys.TryGetValue(first, out (int Row, int Column) left) && Keys.TryGetValue(second, out (int Row, int Column) right)
            && Math.Abs(left.Row - right.Row) <= 1
            && Math.Abs(left.Column - right.Column) <= 2
            && first != second;
    }

    private static Dictionary<char, (int Row, int Column)> BuildKeys()
    {
        var keys = new Dictionary<char, (int Row, int Column)>();
        for (int row = 0; row < KeyRows.Length; row++)
        {
            for (int column = 0; column < KeyRows[row].Length; column++)
                keys[KeyRows[row][column]] = (row, (2 * column) + RowOffsets[row]);
        }

        return keys;
    }
}
