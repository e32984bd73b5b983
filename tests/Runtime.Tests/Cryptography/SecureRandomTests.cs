using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class SecureRandomTests
{
    [Theory]
    [InlineData(SecureRandom.Alphanumeric)]
    [InlineData(SecureRandom.Digits)]
    [InlineData("abc")]
    public void Token_OneMillionCharacters_AreUniform(string alphabet)
    {
        string token = SecureRandom.Token(1_000_000, alphabet);
        int[] counts = new int[alphabet.Length];
        foreach (char character in token)
            counts[alphabet.IndexOf(character, StringComparison.Ordinal)]++;
        Assert.True(ChiSquareIsPlausible(counts), $"counts: {string.Join(' ', counts)}");
    }

    [Fact]
    public void Token_Default_Is32LettersAndDigits()
    {
        string token = SecureRandom.Token();
        Assert.Equal(32, token.Length);
        Assert.True(token.All(char.IsAsciiLetterOrDigit));
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(static _ => SecureRandom.Token()).Distinct().Count());
        Assert.Equal(62, SecureRandom.Alphanumeric.Distinct().Count());
        Assert.Equal(32, SecureRandom.Readable.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(SecureRandom.MaxCount + 1)]
    public void Counts_OutOfRange_Throw(int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureRandom.Token(count));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureRandom.Hex(count));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureRandom.Base64Url(count));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureRandom.Bytes(count == 0 ? -1 : count));
    }

    [Fact]
    public void Token_AlphabetOfOne_Throws() => Assert.Throws<ArgumentException>(() => SecureRandom.Token(8, "a"));

    [Fact]
    public void Text_HasTheSizeAndTheCharactersOfItsEncoding()
    {
        Assert.Matches(@"\A[0-9a-f]{64}\z", SecureRandom.Hex());
        Assert.Matches(@"\A[A-Za-z0-9_-]{43}\z", SecureRandom.Base64Url());
        Assert.Equal(5, SecureRandom.Bytes(5).Length);
    }

    [Fact]
    public void Int32_Range_IsCoveredUniformlyAndNotLeft()
    {
        int[] counts = new int[7];
        for (int i = 0; i < 140_000; i++)
            counts[SecureRandom.Int32(-3, 4) + 3]++;
        Assert.True(ChiSquareIsPlausible(counts));
        Assert.Throws<ArgumentException>(() => SecureRandom.Int32(4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureRandom.Int32(0));
        Assert.InRange(SecureRandom.Int32(), 0, int.MaxValue - 1);
    }

    [Fact]
    public void Int64_Range_IsCoveredUniformlyAndNotLeft()
    {
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++)
            counts[(int)(SecureRandom.Int64(long.MaxValue - 10, long.MaxValue) - (long.MaxValue - 10))]++;
        Assert.True(ChiSquareIsPlausible(counts));
        // Three quarters of the 64-bit space: a plain remainder would favour the first third two to one.
        int low = 0;
        for (int i = 0; i < 30_000; i++)
        {
            if (SecureRandom.Int64(long.MinValue, long.MaxValue / 2) < long.MinValue / 3 * 2)
                low++;
        }

        Assert.InRange(low, 6_600 - 900, 6_667 + 900);
        Assert.Throws<ArgumentException>(() => SecureRandom.Int64(1, 1));
    }

    [Fact]
    public void Double_IsInTheUnitIntervalAndCentred()
    {
        double[] values = Enumerable.Range(0, 50_000).Select(static _ => SecureRandom.Double()).ToArray();
        Assert.True(values.All(static value => value is >= 0 and < 1));
        Assert.InRange(values.Average(), 0.49, 0.51);
    }

    [Fact]
    public void Shuffle_AllOrdersOfThree_AreEquallyLikely()
    {
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 60_000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            SecureRandom.Shuffle<char>(items);
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.True(ChiSquareIsPlausible([.. counts.Values]));
    }

    [Fact]
    public void GetItems_DrawsFromTheChoices()
    {
        Assert.All(SecureRandom.GetItems<int>([1, 2, 3], 1_000), static item => Assert.InRange(item, 1, 3));
        Assert.Throws<ArgumentException>(() => SecureRandom.GetItems<int>([], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureRandom.GetItems<int>([1], -1));
    }

    /// <summary>True unless the counts are so uneven that a fair source gives them less often than once in about 10^9 runs.</summary>
    private static bool ChiSquareIsPlausible(int[] counts)
    {
        double expected = counts.Sum() / (double)counts.Length;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        double freedom = counts.Length - 1;
        // Wilson-Hilferty: the cube root of chi-square / freedom is nearly normal.
        double deviations = (Math.Cbrt(chiSquare / freedom) - (1 - (2 / (9 * freedom)))) / Math.Sqrt(2 / (9 * freedom));
        return deviations < 6;
    }
}
