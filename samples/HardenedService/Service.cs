using HardenedService.Accounts;
using HardenedService.Files;
using HardenedService.Notes;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.AspNetCore.Hosting;
using SecurityToolchain.Runtime.Cryptography;
using SecurityToolchain.Runtime.Incidents;
using SecurityToolchain.Runtime.Secrets;

namespace HardenedService;

/// <summary>A small service with everything that the toolchain offers at run time: accounts, encrypted notes, files.</summary>
public static class Service
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.AddSecurityToolchain();
        IServiceCollection services = builder.Services;
        services.AddOptions<ServiceOptions>().BindConfiguration(ServiceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(SecretProvider.FromConfiguration(builder.Configuration));
        services.AddSingleton<SecurityEventLog>();
        services.AddSingleton(static _ => new PasswordHasher());
        services.AddSingleton(static root => new AeadKeyRing(root.GetRequiredService<SecretProvider>().GetRequiredBytes("Service:DataKey")));
        services.AddSingleton<AccountStore>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<NoteStore>();
        services.AddSecurityToolchainAuthentication(static root =>
        {
            ServiceOptions options = root.GetRequiredService<IOptions<ServiceOptions>>().Value;
            byte[] key = root.GetRequiredService<SecretProvider>().GetRequiredBytes("Service:TokenKey");
            return new JwtAuthProvider(
                new JwtAuthOptions { Issuer = options.Issuer, Audience = options.Audience, Keys = [JwtKey.HmacSha256(TokenIssuer.KeyId, key)] },
                root.GetRequiredService<TimeProvider>());
        });

        WebApplication app = builder.Build();
        app.UseSecurityToolchain();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapAccounts();
        app.MapNotes();
        app.MapFiles();
        return app;
    }
}
