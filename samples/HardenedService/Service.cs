using HardenedService.Accounts;
using HardenedService.Administration;
using HardenedService.Files;
using HardenedService.Notes;
using HardenedService.Reports;
using HardenedService.Uploads;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.AspNetCore.Hosting;
using SecurityToolchain.Runtime.Authentication.ApiKeys;
using SecurityToolchain.Runtime.Caching;
using SecurityToolchain.Runtime.Cryptography;
using SecurityToolchain.Runtime.Incidents;
using SecurityToolchain.Runtime.Secrets;
using SecurityToolchain.Scanning.Validation;

namespace HardenedService;

/// <summary>A small service with what the toolchain offers at run time: accounts, encrypted notes, files, uploads, reports by API key, an audit trail.</summary>
public static class Service
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.AddSecurityToolchain();
        IServiceCollection services = builder.Services;
        services.AddOptions<ServiceOptions>().BindConfiguration(ServiceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<FileValidatorOptions>().BindConfiguration("Service:Uploads");
        services.AddSingleton(SecretProvider.FromConfiguration(builder.Configuration));
        AddIncidents(services);
        AddStores(services);
        AddAuthentication(services);

        WebApplication app = builder.Build();
        app.UseSecurityToolchain();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapAccounts();
        app.MapNotes();
        app.MapFiles();
        app.MapUploads();
        app.MapReports();
        app.MapAdministration();
        return app;
    }

    private static void AddIncidents(IServiceCollection services)
    {
        services.AddSingleton(static root => new AuditFile(
            root.GetRequiredService<IOptions<ServiceOptions>>().Value.AuditPath, root.GetRequiredService<SecretProvider>().GetRequiredBytes("Service:AuditKey")));
        services.AddSingleton(static root => new SecurityEventLog(
            root.GetRequiredService<ILogger<SecurityEventLog>>(), [root.GetRequiredService<AuditFile>()], root.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static root =>
        {
            var shutdown = new EmergencyShutdown(root.GetRequiredService<SecurityEventLog>(), root.GetRequiredService<TimeProvider>());
            shutdown.Register("host", _ =>
            {
                root.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                return Task.CompletedTask;
            });
            return shutdown;
        });
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSingleton(static _ => new PasswordHasher());
        services.AddSingleton(static root => new AeadKeyRing(root.GetRequiredService<SecretProvider>().GetRequiredBytes("Service:DataKey")));
        services.AddSingleton<AccountStore>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<NoteStore>();
        services.AddSingleton(static root => new FileValidator(root.GetRequiredService<IOptions<FileValidatorOptions>>().Value));
        services.AddMemoryCache();
        services.AddSingleton(static root =>
        {
            // One secret, two keys: a key that encrypts must not name entries as well.
            using SecureBuffer nameKey = HkdfSha256.DeriveKey(root.GetRequiredService<SecretProvider>().GetRequiredBytes("Service:DataKey"), "cache/names/v1"u8);
            return new SecureCache(
                new MemoryCacheStore(root.GetRequiredService<IMemoryCache>()), root.GetRequiredService<AeadKeyRing>(), nameKey.Span, events: root.GetRequiredService<SecurityEventLog>());
        });
        services.AddSingleton<ReportStore>();
    }

    private static void AddAuthentication(IServiceCollection services)
    {
        services.AddSecurityToolchainAuthentication(static root =>
        {
            ServiceOptions options = root.GetRequiredService<IOptions<ServiceOptions>>().Value;
            byte[] key = root.GetRequiredService<SecretProvider>().GetRequiredBytes("Service:TokenKey");
            return new JwtAuthProvider(
                new JwtAuthOptions { Issuer = options.Issuer, Audience = options.Audience, Keys = [JwtKey.HmacSha256(TokenIssuer.KeyId, key)] },
                root.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IApiKeyStore, InMemoryApiKeyStore>();
        services.AddSecurityToolchainApiKeys(static root =>
        {
            using SecureBuffer pepper = HkdfSha256.DeriveKey(root.GetRequiredService<SecretProvider>().GetRequiredBytes("Service:TokenKey"), "api-keys/pepper/v1"u8);
            return new ApiKeyManager(root.GetRequiredService<IApiKeyStore>(), pepper.Span, new ApiKeyOptions { Prefix = "notes_live" }, root.GetRequiredService<TimeProvider>());
        });
    }
}
