using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SecurityToolchain.Runtime.Incidents;
using SecurityToolchain.Runtime.Incidents.Alerts;
using SecurityToolchain.Runtime.Network;

namespace SecurityToolchain.Runtime.Tests.Incidents;

public sealed class AlertTests
{
    private static readonly byte[] s_key = new byte[32];
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static SecurityEvent Event(SecuritySeverity severity = SecuritySeverity.High, string? user = "u1") => new()
    {
        Type = SecurityEventType.PathTraversalAttempt,
        Severity = severity,
        UserId = user,
        Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Details = new Dictionary<string, string> { ["path"] = "../<!channel>", ["token"] = "abc" },
    };

    private static SecureHttpOptions Loopback()
    {
        var options = new SecureHttpOptions();
        options.AllowedNetworks.Add(IPNetwork.Parse("127.0.0.0/8"));
        return options;
    }

    /// <summary>Retries at once. The timeout is long, so that a busy machine fails no attempt that the server answers.</summary>
    private static AlertOptions Quick(int attempts = 3, int timeoutSeconds = 60) => new()
    {
        Attempts = attempts,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        Timeout = TimeSpan.FromSeconds(timeoutSeconds),
    };

    [Fact]
    public async Task Webhook_ReceivesASignedBody()
    {
        await using var server = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        using var channel = new WebhookAlertChannel(server.Address, s_key, Loopback());
        await using (var dispatcher = new AlertDispatcher([channel], new RecordingLogger<AlertDispatcher>(), Quick()))
            dispatcher.Write(Event());

        (string head, byte[] body) = Assert.Single(server.Requests);
        string signature = head.Split("\r\n").Single(static line => line.StartsWith("X-Signature: ", StringComparison.Ordinal))["X-Signature: ".Length..];
        string time = signature.Split(',')[0]["t=".Length..];
        string expected = Convert.ToHexStringLower(HMACSHA256.HashData(s_key, (byte[])[.. Encoding.ASCII.GetBytes(time + "."), .. body]));
        Assert.Equal($"t={time},v1={expected}", signature);
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.Equal("[High] PathTraversalAttempt", json.RootElement.GetProperty("title").GetString());
        Assert.Equal("time: 2026-01-02T03:04:05.000Z\nuser: u1\npath: ../<!channel>\ntoken: [redacted]\n", json.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Slack_CannotBeMadeToMention()
    {
        await using var server = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        using var channel = new SlackAlertChannel(server.Address, Loopback());
        await using (var dispatcher = new AlertDispatcher([channel], new RecordingLogger<AlertDispatcher>(), Quick()))
            dispatcher.Write(Event());

        using JsonDocument json = JsonDocument.Parse(Assert.Single(server.Requests).Body);
        string text = json.RootElement.GetProperty("text").GetString()!;
        Assert.Contains("../&lt;!channel&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smtp_DeliversTheMessage()
    {
        using var server = new LoopbackSmtpServer();
        var channel = new SmtpAlertChannel(new SmtpAlertOptions { Host = "127.0.0.1", Port = server.Port, RequireTls = false, From = "a@example.com", To = ["b@example.com"] });
        await using (var dispatcher = new AlertDispatcher([channel], new RecordingLogger<AlertDispatcher>(), new AlertOptions { Attempts = 1 }))
            dispatcher.Write(Event());

        string mail = await server.Mail.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Contains("MAIL FROM:<a@example.com>", mail, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<b@example.com>", mail, StringComparison.Ordinal);
        Assert.Contains("[High] PathTraversalAttempt", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerError_IsTriedAgain()
    {
        await using var server = new LoopbackHttpServer(static n => n < 3 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        using var channel = new SlackAlertChannel(server.Address, Loopback());
        var dispatcher = new AlertDispatcher([channel], new RecordingLogger<AlertDispatcher>(), Quick());
        dispatcher.Write(Event());
        await dispatcher.DisposeAsync();

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal((1L, 0L), (dispatcher.Delivered, dispatcher.Failed));
    }

    [Fact]
    public async Task HangingAndDeadChannels_FailAloud_AndTheGoodOneStillDelivers()
    {
        await using var hanging = new LoopbackHttpServer(static _ => 0);
        await using var good = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        var dead = new LoopbackHttpServer(static _ => HttpStatusCode.OK);
        Uri deadAddress = dead.Address;
        await dead.DisposeAsync();
        using var first = new SlackAlertChannel(hanging.Address, Loopback());
        using var second = new SlackAlertChannel(deadAddress, Loopback());
        using var third = new SlackAlertChannel(good.Address, Loopback());
        var logger = new RecordingLogger<AlertDispatcher>();
        var dispatcher = new AlertDispatcher([first, second, third], logger, Quick(attempts: 2, timeoutSeconds: 5));

        dispatcher.Write(Event());
        await dispatcher.DisposeAsync();

        Assert.Equal((1L, 2L), (dispatcher.Delivered, dispatcher.Failed));
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("timeout", StringComparison.Ordinal));
        Assert.DoesNotContain(logger.Entries, entry => entry.Text.Contains(deadAddress.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Fact]
    public async Task EqualEvents_AreSentOnce_AndCounted()
    {
        var time = new ManualClock();
        var channel = new RecordingChannel();
        await using (var dispatcher = new AlertDispatcher([channel], new RecordingLogger<AlertDispatcher>(), new AlertOptions(), time))
        {
            for (int i = 0; i < 5; i++)
                dispatcher.Write(Event());
            dispatcher.Write(Event(user: "u2"));
            time.Now += TimeSpan.FromMinutes(6);
            dispatcher.Write(Event());
        }

        Assert.Equal([0, 0, 4], channel.Alerts.Select(static alert => alert.Repeats));
    }

    [Theory]
    [InlineData(SecuritySeverity.Low, 0)]
    [InlineData(SecuritySeverity.Medium, 0)]
    [InlineData(SecuritySeverity.High, 1)]
    [InlineData(SecuritySeverity.Critical, 1)]
    public async Task Severity_DecidesWhetherAnAlertGoesOut(SecuritySeverity severity, int alerts)
    {
        var channel = new RecordingChannel();
        await using (var dispatcher = new AlertDispatcher([channel], new RecordingLogger<AlertDispatcher>()))
            dispatcher.Write(Event(severity));

        Assert.Equal(alerts, channel.Alerts.Count);
    }

    [Fact]
    public async Task FullQueue_DropsTheOldest_AndSaysSo()
    {
        var gate = new TaskCompletionSource();
        var channel = new RecordingChannel { Gate = gate.Task };
        var logger = new RecordingLogger<AlertDispatcher>();
        var dispatcher = new AlertDispatcher([channel], logger, new AlertOptions { QueueCapacity = 2, DeduplicationWindow = TimeSpan.Zero, Timeout = TimeSpan.FromMinutes(1) });
        for (int i = 0; i < 20; i++)
            dispatcher.Write(Event(user: i.ToString(CultureInfo.InvariantCulture)));
        gate.SetResult();
        await dispatcher.DisposeAsync();

        Assert.Equal(20, dispatcher.Dropped + dispatcher.Delivered);
        Assert.InRange(dispatcher.Dropped, 17, 18);
        Assert.Equal("19", channel.Alerts[^1].Event.UserId);
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("queue is full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disposal_WaitsForADeadChannelNoLongerThanItMay_AndCountsTheRest()
    {
        var clock = new SecurityToolchain.Runtime.Tests.ManualClock();
        var channel = new RecordingChannel { Gate = Task.Delay(Timeout.Infinite, CancellationToken.None) };
        var logger = new RecordingLogger<AlertDispatcher>();
        var dispatcher = new AlertDispatcher([channel], logger, new AlertOptions { DeduplicationWindow = TimeSpan.Zero, Timeout = TimeSpan.FromMinutes(5) }, clock);
        for (int i = 0; i < 10; i++)
            dispatcher.Write(Event(user: i.ToString(CultureInfo.InvariantCulture)));
        Task disposal = dispatcher.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(30));
        await disposal;
        Assert.Equal(10, dispatcher.Dropped + dispatcher.Failed);
        Assert.Equal(0, dispatcher.Delivered);
    }

    [Fact]
    public void UnencryptedAddressesAndCredentials_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new SlackAlertChannel(new Uri("http://hooks.example.com/x")));
        Assert.Throws<ArgumentException>(() => new WebhookAlertChannel(new Uri("https://hooks.example.com/x"), new byte[31]));
        Assert.Throws<ArgumentException>(() => new SmtpAlertChannel(new SmtpAlertOptions { Host = "h", RequireTls = false, Credentials = new NetworkCredential("u", "p"), From = "a@b.c", To = ["d@e.f"] }));
        Assert.Throws<ArgumentException>(() => new SmtpAlertChannel(new SmtpAlertOptions { Host = "h", From = "a@b.c", To = [] }));
    }

    private sealed class RecordingChannel : IAlertChannel
    {
        public List<Alert> Alerts { get; } = [];

        public Task Gate { get; init; } = Task.CompletedTask;

        public string Name => "recording";

        public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
        {
            await Gate;
            Alerts.Add(alert);
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
