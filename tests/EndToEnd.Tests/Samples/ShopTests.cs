namespace SecurityToolchain.EndToEnd.Tests.Samples;

/// <summary>The sample shops say themselves what is wrong with them.</summary>
public sealed class ShopTests(PackedFeed feed)
{
    [Fact]
    public async Task InsecureShop_HasExactlyTheMarkedFindings()
    {
        using var shop = new ShopWorkspace(feed, "InsecureShop");
        IReadOnlyList<string> expected = shop.Expected();
        IReadOnlyList<string> found = await shop.BuildAsync();

        Assert.NotEmpty(expected);
        Assert.Empty(expected.Except(found).Select(static line => "not found: " + line));
        Assert.Empty(found.Except(expected).Select(static line => "not marked: " + line));
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task HardenedShop_IsSilent()
    {
        using var shop = new ShopWorkspace(feed, "HardenedShop");

        Assert.Empty(await shop.BuildAsync());
        Assert.Empty(shop.Expected());
    }
}
