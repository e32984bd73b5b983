using System.Text.RegularExpressions;
using SecurityToolchain.Runtime.Input;

namespace SecurityToolchain.Runtime.Tests.Input;

public sealed class SafeRegexTests
{
    [Theory]
    [InlineData("(a+)+$", false)]
    [InlineData("([a-zA-Z]+)*$", true)]
    [InlineData("(a|aa)+$", false)]
    [InlineData("(a|a?)+$", true)]
    [InlineData("(.*a){12}$", false)]
    [InlineData(@"^https?://[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}/?.*$", false)]
    public void Create_KnownSlowPatterns_AreLinear(string pattern, bool matches)
    {
        // The engine decides, not a clock: without backtracking these end; with it they would not end before the sun does.
        Regex regex = SafeRegex.Create(pattern, timeout: Regex.InfiniteMatchTimeout);
        Assert.True(regex.Options.HasFlag(RegexOptions.NonBacktracking));
        string input = "http://" + new string('a', 100_000) + "!";
        Assert.Equal(matches, regex.IsMatch(input));
    }

    [Theory]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a+)b")]
    public void Create_PatternThatNeedsBacktracking_IsRefused(string pattern) =>
        Assert.Contains("backtracking", Assert.Throws<ArgumentException>(() => SafeRegex.Create(pattern)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((a{50}){50}){50}")]
    [InlineData("[ab]{20000}")]
    [InlineData("(abc|de){99999999999}")]
    [InlineData("a{0,10001}")]
    public void Create_RepetitionsThatUnfold_AreRefused(string pattern) =>
        Assert.Throws<ArgumentException>(() => SafeRegex.Create(pattern));

    [Theory]
    [InlineData("(a{100}){99}")]
    [InlineData(@"\{1000000\}")]
    [InlineData("[{99999}]")]
    [InlineData("a{,5}")]
    public void Create_BoundedPattern_IsAccepted(string pattern) => Assert.NotNull(SafeRegex.Create(pattern));

    [Fact]
    public void Create_LongOrBrokenPattern_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SafeRegex.Create(new string('a', 4097)));
        Assert.ThrowsAny<ArgumentException>(() => SafeRegex.Create("("));
        Assert.ThrowsAny<ArgumentException>(() => SafeRegex.CreateWhole("a)|(?:b"));
        Assert.Equal(TimeSpan.FromMilliseconds(100), SafeRegex.Create("a").MatchTimeout);
        Assert.True(SafeRegex.Create("a", RegexOptions.Compiled).Options.HasFlag(RegexOptions.NonBacktracking));
    }

    [Fact]
    public void CreateWhole_NewlineAtTheEnd_DoesNotMatch()
    {
        Regex regex = SafeRegex.CreateWhole("[a-z]+|[0-9]+");
        Assert.True(regex.IsMatch("abc"));
        Assert.True(regex.IsMatch("123"));
        Assert.False(regex.IsMatch("abc\n"));
        Assert.False(regex.IsMatch("abc1"));
        Assert.True(SafeRegex.CreateWhole("a # comment", RegexOptions.IgnorePatternWhitespace).IsMatch("a"));
    }
}
