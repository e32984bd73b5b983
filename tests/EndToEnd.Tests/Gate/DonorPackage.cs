namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>A small signed package from the real feed, downloaded once for a test class.</summary>
public sealed class DonorPackage : IAsyncLifetime
{
    /// <summary>The package's id.</summary>
    public const string Id = "Dapper";

    /// <summary>The package's version.</summary>
    public const string Version = "2.1.66";

    private readonly TestWorkspace _workspace = new();

    /// <summary>The id with the version, as the workspaces take it.</summary>
    public static string Reference => Id + " " + Version;

    /// <summary>The signed archive.</summary>
    public string Archive => Path.Combine(_workspace.Packages, Id.ToLowerInvariant(), Version, $"{Id.ToLowerInvariant()}.{Version}.nupkg");

    /// <summary>A folder feed that holds the signed archive alone.</summary>
    public string Feed => _workspace.PathOf("feed");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _workspace.Write("donor.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{Id}" Version="{Version}" /></ItemGroup>
            </Project>
            """);
        (await _workspace.DotNetAsync("restore", "donor.csproj")).ShouldSucceed();
        Directory.CreateDirectory(Feed);
        File.Copy(Archive, Path.Combine(Feed, Path.GetFileName(Archive)));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }
}
