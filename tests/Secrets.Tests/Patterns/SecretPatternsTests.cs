using SecurityToolchain.Secrets.Patterns;

namespace SecurityToolchain.Secrets.Tests.Patterns;

/// <summary>Every format is run over its own true and false examples; see <see cref="TokenGenerator"/>.</summary>
public sealed class SecretPatternsTests
{
    public static TheoryData<string> Ids => [.. SecretPatterns.All.Select(static pattern => pattern.Id)];

    [Fact]
    public void Catalogue_CoversAtLeast150Providers()
    {
        int providers = SecretPatterns.All.Select(static pattern => pattern.Provider).Distinct(StringComparer.Ordinal).Count();

        Assert.True(providers >= 150, $"{providers} providers");
    }

    [Fact]
    public void Ids_AreUniqueKebabCase()
    {
        Assert.Equal(SecretPatterns.All.Count, SecretPatterns.All.Select(static pattern => pattern.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(SecretPatterns.All, static pattern => Assert.Matches("\\A[a-z0-9]+(-[a-z0-9]+)*\\z", pattern.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Format_IsDistinctiveAndMatchesWithoutBacktracking(string id)
    {
        SecretPattern pattern = Pattern(id);

        Assert.True(pattern.NeedsName || pattern.Keywords().Any(), "neither a keyword nor a name announces it");
        Assert.All(pattern.Keywords(), static keyword => Assert.True(keyword.Keyword.Length >= 3));
        for (int i = 0; i + 1 < pattern.Segments.Length; i++)
        {
            Segment run = pattern.Segments[i], next = pattern.Segments[i + 1];
            if (run.Literal is null && !run.IsFixedLength)
            {
                bool exclusive = next.Literal is not null ? !run.Alphabet!.Contains(next.Literal[0]) : !run.Alphabet!.Characters.Any(next.Alphabet!.Contains);
                Assert.True(exclusive, $"segment {i} would swallow what follows");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void IssuedToken_IsFound(string id)
    {
        SecretPattern pattern = Pattern(id);
        for (uint seed = 1; seed <= 20; seed++)
        {
            string token = new TokenGenerator(seed).Token(pattern);

            Assert.True(Find(pattern, token), $"seed {seed}, length {token.Length}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void IssuedToken_AmongOtherText_IsFoundAtItsPlace(string id)
    {
        SecretPattern pattern = Pattern(id);
        if (pattern.NeedsName)
            return;
        string token = new TokenGenerator(7).Token(pattern);
        string text = $"# comment\nvalue: \"{token}\"\n# end";

        SecretMatch match = Assert.Single(SecretScanner.Default.Scan(text, SecretContext.Text));

        Assert.Equal(text.IndexOf(token, StringComparison.Ordinal), match.Start);
        Assert.DoesNotContain(token, match.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void OneCharacterTooMany_IsNotFound(string id)
    {
        SecretPattern pattern = Pattern(id);
        if (pattern.Segments[^1].Literal is not null)
            return;
        string token = new TokenGenerator(3).Token(pattern, addToLastRun: 1);

        Assert.DoesNotContain(Matches(pattern, token), match => match.PatternId == id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TailOfLongerWord_IsNotFound(string id)
    {
        SecretPattern pattern = Pattern(id);
        if (!pattern.Segments[0].IsFixedLength)
            return;
        string token = "q" + new TokenGenerator(5).Token(pattern);

        Assert.DoesNotContain(Matches(pattern, token), match => match.PatternId == id && match.Start == 1);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void MaskedToken_IsNotFound(string id)
    {
        SecretPattern pattern = Pattern(id);

        foreach (char mask in "xX0*")
            Assert.False(Find(pattern, TokenGenerator.Constant(pattern, mask)), $"masked with {mask}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void FormatThatNeedsName_WithoutIt_IsNotFoundByPattern(string id)
    {
        SecretPattern pattern = Pattern(id);
        if (!pattern.NeedsName)
            return;
        string token = new TokenGenerator(9).Token(pattern);

        Assert.DoesNotContain(SecretScanner.Default.Scan(token, SecretContext.Value("checksum")), match => match.PatternId == id);
    }

    private static bool Find(SecretPattern pattern, string token) =>
        // Two formats may share a shape (Stripe's and Paystack's keys): any provider's match over the whole token will do.
        Matches(pattern, token).Any(match => match.Start == 0 && match.Length == token.Length && SecretPatterns.All.Any(known => known.Id == match.PatternId));

    private static IReadOnlyList<SecretMatch> Matches(SecretPattern pattern, string token) =>
        SecretScanner.Default.Scan(token, SecretContext.Value(pattern.NeedsName ? pattern.ContextNames[0] + "_api_key" : null));

    private static SecretPattern Pattern(string id) => SecretPatterns.All.Single(pattern => pattern.Id == id);
}
