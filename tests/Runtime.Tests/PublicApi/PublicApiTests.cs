namespace SecurityToolchain.Runtime.Tests.PublicApi;

/// <summary>
/// The public surface is a file under review: a change of it is a change of <c>SecurityToolchain.Runtime.txt</c>. To accept one, copy
/// the file that the failing test names over it.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Surface_OfTheRuntime_IsTheGoldenFile() => PublicSurface.AssertIsGolden(typeof(SecurityToolchain.Runtime.Files.AtomicFile).Assembly);

    [Fact]
    public void EveryParameter_IsDocumented() => Assert.Equal(string.Empty, string.Join('\n', PublicDocumentation.FindGaps(typeof(SecurityToolchain.Runtime.Files.AtomicFile).Assembly)));
}
