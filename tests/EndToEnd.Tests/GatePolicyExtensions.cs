using System.Text.Json;

namespace SecurityToolchain.EndToEnd.Tests;

/// <summary>The gate's policy of a workspace that consumes this product from a folder.</summary>
public static class GatePolicyExtensions
{
    /// <summary>Writes a policy that accepts the unsigned packages of the feed, and only those.</summary>
    public static void WriteGatePolicy(this TestWorkspace workspace, PackedFeed feed)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(feed);
        var policy = new { localFeeds = new[] { new { path = feed.Folder, packages = "SecurityToolchain.*", reason = "packed by this test run" } } };
        workspace.Write("security-toolchain.json", JsonSerializer.Serialize(policy));
    }
}
