namespace SecurityToolchain.EndToEnd.Tests.Samples;

/// <summary>The fixes as <c>dotnet format</c> applies them: all of one rule in a project at once.</summary>
public sealed class DotnetFormatTests(PackedFeed feed)
{
    // The rules whose fix needs no decision of a person in the shop's code.
    private static readonly string[] s_fixed = ["STC1001", "STC1023", "STC2005", "STC2006", "STC2008", "STC2009", "STC4001", "STC5001"];

    // The whole query comes from a chat model: there is nothing constant that a parameter could go into, so no fix is offered.
    private const string WholeQueryFromOutside = "Assistant/AssistantController.cs";

    [Fact]
    public async Task Fixes_OfTheInsecureShop_CompileAndLeaveNoFinding()
    {
        using var shop = new ShopWorkspace(feed, "InsecureShop");
        (await shop.Workspace.DotNetAsync("restore", shop.Shop, "-v", "q")).ShouldSucceed();

        (await shop.Workspace.DotNetAsync(
            ["format", "analyzers", $"{shop.Shop}/{shop.Shop}.csproj", "--no-restore", "--severity", "info", "--diagnostics", .. s_fixed])).ShouldSucceed();
        IReadOnlyList<string> left = await shop.BuildAsync();

        Assert.NotEmpty(shop.Expected());
        Assert.DoesNotContain(left, static finding => !finding.StartsWith(WholeQueryFromOutside, StringComparison.Ordinal) && s_fixed.Any(id => finding.EndsWith(id, StringComparison.Ordinal)));
    }
}
