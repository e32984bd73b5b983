using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

/// <summary>The same attribute closes controllers, minimal APIs, hubs with their methods, and gRPC methods.</summary>
public sealed class OneDeclarationTests : IAsyncLifetime
{
    private readonly ManualTime _clock = new();
    private WebApplication _app = null!;
    private string _writer = null!;
    private string _admin = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _writer = TestTokens.Hmac(TestTokens.Payload(_clock.GetUtcNow()));
        _admin = TestTokens.Hmac(TestTokens.Payload(_clock.GetUtcNow(), "\"jti\":\"t1\"", "\"jti\":\"t2\"", roles: "\"admin\""));
        _app = await TestApplication.StartAsync(
            static app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapControllers();
                app.MapHub<ProtectedHub>("/hub");
                app.MapGrpcService<ProtectedGrpcService>();
                app.MapGet("/minimal", [RequirePermission("admin")] static () => "admin");
            },
            configure: builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(_clock);
                builder.Services.AddControllers().AddApplicationPart(typeof(ProtectedController).Assembly);
                builder.Services.AddSignalR();
                builder.Services.AddGrpc();
                builder.Services.AddSecurityToolchainAuthentication(_ => new JwtAuthProvider(TestTokens.Options(), _clock));
            });
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/controller/admin")]
    [InlineData("/controller/core")]
    [InlineData("/minimal")]
    public async Task Endpoint_IsOpenToTheRoleThatHasThePermissionOnly(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(path, null));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(path, _writer));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(path, _admin));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/controller/write", _writer));
    }

    [Fact]
    public async Task Hub_IsClosedToThoseWithoutThePermissionOfItsClass()
    {
        string reader = TestTokens.Hmac(TestTokens.Payload(_clock.GetUtcNow(), roles: "\"reader\""));
        foreach ((string? token, HttpStatusCode expected) in new[] { (null, HttpStatusCode.Unauthorized), (reader, HttpStatusCode.Forbidden) })
        {
            await using HubConnection connection = Connect(token);
            HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => connection.StartAsync(Cancellation));
            Assert.Equal(expected, refused.StatusCode);
        }
    }

    [Fact]
    public async Task HubMethod_IsOpenToTheRoleThatHasThePermissionOnly()
    {
        await using HubConnection writer = Connect(_writer);
        await writer.StartAsync(Cancellation);
        Assert.Equal("x", await writer.InvokeAsync<string>(nameof(ProtectedHub.Write), "x", Cancellation));
        foreach (string method in new[] { nameof(ProtectedHub.Admin), nameof(ProtectedHub.Core) })
        {
            HubException refused = await Assert.ThrowsAsync<HubException>(() => writer.InvokeAsync<string>(method, "x", Cancellation));
            Assert.Contains("Access is denied.", refused.Message, StringComparison.Ordinal);
        }

        await using HubConnection admin = Connect(_admin);
        await admin.StartAsync(Cancellation);
        Assert.Equal("x", await admin.InvokeAsync<string>(nameof(ProtectedHub.Admin), "x", Cancellation));
        Assert.Equal("x", await admin.InvokeAsync<string>(nameof(ProtectedHub.Core), "x", Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenHubConnection_EndsItsUseWithTheToken(bool revoked)
    {
        // A web socket: one request that lasts. Long polling authenticates every request by itself.
        await using HubConnection writer = Connect(_writer, webSocket: true);
        await writer.StartAsync(Cancellation);
        Assert.Equal("x", await writer.InvokeAsync<string>(nameof(ProtectedHub.Write), "x", Cancellation));
        if (revoked)
            _app.Services.GetRequiredService<AuthTokenCache>().RevokeToken("t1", _clock.GetUtcNow().AddHours(1));
        else
            _clock.Advance(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<HubException>(() => writer.InvokeAsync<string>(nameof(ProtectedHub.Write), "x", Cancellation));
    }

    [Fact]
    public async Task GrpcMethod_IsOpenToTheRoleThatHasThePermissionOnly()
    {
        Assert.Equal(StatusCode.OK, await CallAsync(ProtectedGrpcService.WriteMethod, _writer));
        Assert.Equal(StatusCode.OK, await CallAsync(ProtectedGrpcService.AdminMethod, _admin));
        Assert.Equal(StatusCode.OK, await CallAsync(ProtectedGrpcService.CoreMethod, _admin));
        foreach (Method<byte[], byte[]> method in new[] { ProtectedGrpcService.AdminMethod, ProtectedGrpcService.CoreMethod })
        {
            Assert.Equal(StatusCode.PermissionDenied, await CallAsync(method, _writer));
            Assert.Equal(StatusCode.Unauthenticated, await CallAsync(method, null));
            Assert.Equal(StatusCode.Unauthenticated, await CallAsync(method, _admin + "x"));
        }
    }

    private async Task<HttpStatusCode> GetAsync(string path, string? token)
    {
        using HttpClient client = _app.GetTestClient();
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return response.StatusCode;
    }

    private HubConnection Connect(string? token, bool webSocket = false) => new HubConnectionBuilder().WithUrl("http://localhost/hub", options =>
    {
        options.Transports = webSocket ? HttpTransportType.WebSockets : HttpTransportType.LongPolling;
        options.WebSocketFactory = async (context, cancellation) =>
        {
            WebSocketClient client = _app.GetTestServer().CreateWebSocketClient();
            client.ConfigureRequest = request => request.Headers.Authorization = $"Bearer {token}";
            return await client.ConnectAsync(context.Uri, cancellation);
        };
        options.HttpMessageHandlerFactory = _ => _app.GetTestServer().CreateHandler();
        options.AccessTokenProvider = () => Task.FromResult(token);
    }).Build();

    private async Task<StatusCode> CallAsync(Method<byte[], byte[]> method, string? token)
    {
        using var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = _app.GetTestServer().CreateHandler() });
        var headers = new Metadata();
        if (token is not null)
            headers.Add("Authorization", $"Bearer {token}");
        try
        {
            using AsyncUnaryCall<byte[]> call = channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers, cancellationToken: Cancellation), [7]);
            Assert.Equal([7], await call.ResponseAsync);
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }
}
