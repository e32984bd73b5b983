using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SecurityToolchain.AspNetCore.Hosting;

namespace SecurityToolchain.AspNetCore.Tests;

/// <summary>Runs an application with the hardened defaults in this process.</summary>
internal static class TestApplication
{
    public static async Task<WebApplication> StartAsync(
        Action<WebApplication> map, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        if (settings is not null)
            builder.Configuration.AddInMemoryCollection(settings);
        configure?.Invoke(builder);
        builder.AddSecurityToolchain();
        WebApplication app = builder.Build();
        app.UseSecurityToolchain();
        map(app);
        await app.StartAsync();
        return app;
    }
}
