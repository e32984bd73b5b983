
namespace SecurityToolchain.Runtime.Tests.PublicApi;

/// <summary>
/// The public surface is a file under review: a change of it is a change of <c>SecurityToolchain.Runtime.txt</c>. To accept one, copy
/// the file that the failing test names over it.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Surface_OfTheRuntime_IsTheGoldenFile()
    {
        string actual = PublicSurface.Describe(typeof(SecurityToolchain.Runtime.Files.AtomicFile).Assembly);
        string golden = Path.Combine(AppContext.BaseDirectory, "PublicApi", "SecurityToolchain.Runtime.txt");
        string expected = File.Exists(golden) ? File.ReadAllText(golden).ReplaceLineEndings("\n") : string.Empty;
        string received = golden.Replace(".txt", ".received.txt", StringComparison.Ordinal);
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
            File.WriteAllText(received, actual);
        Assert.True(string.Equals(expected, actual, StringComparison.Ordinal), $"The public surface changed; compare with {received}");
    }
}
