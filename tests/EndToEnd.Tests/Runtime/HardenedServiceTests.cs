using SecurityToolchain.EndToEnd.Tests.Samples;

namespace SecurityToolchain.EndToEnd.Tests.Runtime;

/// <summary>The sample service as its reader would build it: from packages, behind the gate, under the analyzers.</summary>
public sealed class HardenedServiceTests(PackedFeed feed)
{
    [Fact]
    public async Task Sample_BuildsFromPackages_AndIsSilent()
    {
        using var sample = new ShopWorkspace(feed, "HardenedService");
        Assert.Empty(await sample.BuildAsync());
    }
}
