using SecurityToolchain.Runtime.Tests.PublicApi;

namespace SecurityToolchain.AspNetCore.Tests.PublicApi;

/// <summary>As for the runtime library: a change of the public surface is a change of <c>SecurityToolchain.AspNetCore.txt</c>.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Surface_OfTheAspNetCoreLibrary_IsTheGoldenFile() => PublicSurface.AssertIsGolden(typeof(SecurityToolchain.AspNetCore.Hosting.SecurityToolchainOptions).Assembly);

    [Fact]
    public void EveryParameter_IsDocumented() => Assert.Equal(string.Empty, string.Join('\n', PublicDocumentation.FindGaps(typeof(SecurityToolchain.AspNetCore.Hosting.SecurityToolchainOptions).Assembly)));
}
