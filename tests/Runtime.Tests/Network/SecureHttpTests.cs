using System.Net;
using SecurityToolchain.Runtime.Network;
using SecurityToolchain.Runtime.Tests.Incidents;

namespace SecurityToolchain.Runtime.Tests.Network;

public sealed class SecureHttpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task Loopback_UnderAnyName_IsRefusedBeforeAByteIsSent(string host)
    {
        await using var server = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        using var client = new HttpClient(SecureHttp.CreateHandler());

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetStringAsync(new Uri($"http://{host}:{server.Port}/"), Cancellation));

        Assert.IsType<BlockedAddressException>(failure.InnerException);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task AllowedNetwork_IsReached()
    {
        await using var server = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        var options = new SecureHttpOptions();
        options.AllowedNetworks.Add(IPNetwork.Parse("127.0.0.0/8"));
        using var client = new HttpClient(SecureHttp.CreateHandler(options));

        using HttpResponseMessage response = await client.GetAsync(server.Address, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Host_ThatIsNotListed_IsRefused()
    {
        await using var server = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        var options = new SecureHttpOptions { AllowedHosts = { "api.example.com" } };
        options.AllowedNetworks.Add(IPNetwork.Parse("127.0.0.0/8"));
        using var client = new HttpClient(SecureHttp.CreateHandler(options));

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(server.Address, Cancellation));

        Assert.Contains("not among the allowed hosts", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_IsNotFollowedByDefault()
    {
        await using var inner = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        await using var outer = new LoopbackHttpServer(static _ => HttpStatusCode.Found) { Location = inner.Address };
        var options = new SecureHttpOptions();
        options.AllowedNetworks.Add(IPNetwork.Parse("127.0.0.0/8"));
        using var client = new HttpClient(SecureHttp.CreateHandler(options));

        using HttpResponseMessage response = await client.GetAsync(outer.Address, Cancellation);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Empty(inner.Requests);
    }

    [Fact]
    public void BadOptions_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureHttp.CreateHandler(new SecureHttpOptions { ConnectTimeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecureHttp.CreateHandler(new SecureHttpOptions { MaxRedirects = 11 }));
    }
}
