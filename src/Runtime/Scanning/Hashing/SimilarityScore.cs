using System.Globalization;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>Compares two texts of <see cref="SimilarityDigest"/>.</summary>
public static class SimilarityScore
{
    private const int WindowLength = 7;
    private const int MinBlockSize = 3;

    /// <summary>Compares two digests.</summary>
    /// <param name="left">A digest.</param>
    /// <param name="right">A digest.</param>
    /// <returns>0 for nothing in common to 100 for the same; null when a text is not a digest.</returns>
    public static int? Compare(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (!TryParse(left, out long leftSize, out string left1, out string left2) || !TryParse(right, out long rightSize, out string right1, out string right2))
            return null;
        if (leftSize != rightSize && leftSize != rightSize * 2 && rightSize != leftSize * 2)
            return 0;
        if (leftSize == rightSize && left1 == right1 && left2 == right2)
            return 100;
        if (leftSize == rightSize)
            return Math.Max(Score(left1, right1, leftSize), Score(left2, right2, leftSize * 2));
        return leftSize * 2 == rightSize ? Score(left2, right1, rightSize) : Score(left1, right2, leftSize);
    }

    private static bool TryParse(string text, out long size, out string first, out string second)
    {
        size = 0;
        first = second = "";
        string[] parts = text.Split(':', ',');
        if (parts.Length < 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < MinBlockSize or > (long)MinBlockSize << 30)
            return false;
        first = DropRepeats(parts[1]);
        second = DropRepeats(parts[2]);
        return parts[1].Length <= SimilarityDigest.MaxDigestLength && parts[2].Length <= SimilarityDigest.MaxDigestLength;
    }

    // Runs longer than three carry almost no information and would dominate the score.
    private static string DropRepeats(string text)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i < 3 || text[i] != text[i - 1] || text[i] != text[i - 2] || text[i] != text[i - 3])
                kept.Append(text[i]);
        }

        return kept.ToString();
    }

    private static int Score(string left, string right, long blockSize)
    {
        if (!HaveCommonWindow(left, right))
            return 0;
        long score = EditDistance(left, right);
        score = score * SimilarityDigest.MaxDigestLength / (left.Length + right.Length);
        score = 100 - (100 * score / SimilarityDigest.MaxDigestLength);
        // Short digests of small block sizes match by chance; the score is held down to what they can prove.
        if (blockSize >= (99 + WindowLength) / WindowLength * MinBlockSize)
            return (int)score;
        long cap = blockSize / MinBlockSize * Math.Min(left.Length, right.Length);
        return (int)Math.Min(score, cap);
    }

    private static bool HaveCommonWindow(string left, string right)
    {
        if (left.Length < WindowLength || right.Length < WindowLength)
            return false;
        for (int i = 0; i + WindowLength <= left.Length; i++)
        {
            if (right.AsSpan().Contains(left.AsSpan(i, WindowLength), StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    // Insertions and deletions cost 1, a change costs 2.
    private static int EditDistance(string left, string right)
    {
        int[] above = new int[right.Length + 1];
        int[] row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
            above[j] = j;
        for (int i = 0; i < left.Length; i++)
        {
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int change = above[j] + (left[i] == right[j] ? 0 : 2);
                row[j + 1] = Math.Min(change, Math.Min(above[j + 1] + 1, row[j] + 1));
            }

            (above, row) = (row, above);
        }

        return above[right.Length];
    }
}
