using Microsoft.Extensions.Configuration;
using SecurityToolchain.Runtime.Tls;

namespace SecurityToolchain.AspNetCore.Tests.Tls;

public sealed class MtlsBindingTests
{
    [Fact]
    public void Options_BindFromConfiguration_AndAreCheckedWhenTheStoreIsMade()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mtls:CertificatePath"] = "/absent/tls.crt",
            ["Mtls:KeyPath"] = "/absent/tls.key",
            ["Mtls:TrustPath"] = "/absent/ca.crt",
            ["Mtls:AllowedIdentities:0"] = "spiffe://example.org/orders",
            ["Mtls:RevocationListPaths:0"] = "/absent/ca.crl",
            ["Mtls:MinimumVersion"] = "Tls13",
            ["Mtls:RequireRevocationList"] = "true",
            ["Mtls:ReloadInterval"] = "00:00:30",
        }).Build();
        MtlsOptions options = configuration.GetSection("Mtls").Get<MtlsOptions>()!;
        Assert.Equal(["spiffe://example.org/orders"], options.AllowedIdentities);
        Assert.Equal(["/absent/ca.crl"], options.RevocationListPaths);
        Assert.Equal("Tls13", options.MinimumVersion.ToString());
        Assert.Equal((true, TimeSpan.FromSeconds(30)), (options.RequireRevocationList, options.ReloadInterval));
        MtlsException missing = Assert.Throws<MtlsException>(() => new MtlsStore(options));
        Assert.Contains("/absent/ca.crt", missing.Message, StringComparison.Ordinal);
        options.ReloadInterval = TimeSpan.Zero;
        Assert.Equal(MtlsProblem.InvalidSetting, Assert.Throws<MtlsException>(() => new MtlsStore(options)).Problem);
    }
}
