using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using SecurityToolchain.Runtime.Incidents;

namespace SecurityToolchain.Runtime.Tests.Incidents;

public sealed class SecurityEventLogTests
{
    [Theory]
    [InlineData(SecuritySeverity.Critical, LogLevel.Critical)]
    [InlineData(SecuritySeverity.High, LogLevel.Error)]
    [InlineData(SecuritySeverity.Medium, LogLevel.Warning)]
    [InlineData(SecuritySeverity.Low, LogLevel.Information)]
    public void Severity_DecidesTheLevel(SecuritySeverity severity, LogLevel level)
    {
        var logger = new RecordingLogger<SecurityEventLog>();
        using var log = new SecurityEventLog(logger);

        log.Write(new SecurityEvent { Type = SecurityEventType.InvalidInput, Severity = severity });

        Assert.Equal(level, Assert.Single(logger.Entries).Level);
    }

    [Fact]
    public void HostileTexts_StayOnOneLine_AndSecretsStayInside()
    {
        var logger = new RecordingLogger<SecurityEventLog>();
        using var log = new SecurityEventLog(logger);

        log.Write(new SecurityEvent
        {
            Type = SecurityEventType.AuthenticationFailure,
            Severity = SecuritySeverity.High,
            UserId = "eve\r\n2026-01-01 admin logged in\u001b[2J\u202e",
            ClientAddress = IPAddress.Parse("192.0.2.1"),
            Details = new Dictionary<string, string> { ["userPassword"] = "hunter2", ["path"] = "/a\nb" },
        });

        string text = Assert.Single(logger.Entries).Text;
        Assert.Equal(
            "Security event AuthenticationFailure (High) user=eve\\u000D\\u000A2026-01-01 admin logged in\\u001B[2J\\u202E client=192.0.2.1 userPassword=[redacted], path=/a\\u000Ab",
            text);
    }

    [Fact]
    public void Events_AreCountedByTypeAndSeverity()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        using var log = new SecurityEventLog(new RecordingLogger<SecurityEventLog>());
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == SecurityEventLog.MeterName && instrument.Name == "security.events")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var sorted = tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}");
            lock (counted)
                counted.Add(value + ":" + string.Join(',', sorted));
        });
        listener.Start();

        log.Write(new SecurityEvent { Type = SecurityEventType.PackageTampered, Severity = SecuritySeverity.Critical });

        Assert.Contains("1:type=PackageTampered,severity=Critical", counted);
    }

    [Fact]
    public void BrokenSink_IsReported_AndTheNextSinkStillGetsTheEvent()
    {
        var logger = new RecordingLogger<SecurityEventLog>();
        var good = new RecordingSink();
        using var log = new SecurityEventLog(logger, [new BrokenSink(), good]);

        log.Write(new SecurityEvent { Type = SecurityEventType.InvalidInput, Severity = SecuritySeverity.Low });

        Assert.Single(good.Events);
        Assert.NotEqual(default, good.Events[0].Time);
        Assert.Contains(logger.Entries, static entry => entry.Level == LogLevel.Error && entry.Text.Contains("BrokenSink", StringComparison.Ordinal));
    }

    [Fact]
    public void LongText_IsCut_AndTheCutIsTold() =>
        Assert.Equal("aaa...(7 more characters)", LoggedText.Escape("aaaaaaaaaa", maxLength: 3));

    [Fact]
    public void PlainTextAndEmoji_AreUnchanged() => Assert.Equal("Grüße 👋", LoggedText.Escape("Grüße 👋"));

    [Fact]
    public void LoneSurrogate_IsEscaped() => Assert.Equal("a\\uD83D", LoggedText.Escape("a\ud83d"));

    private sealed class BrokenSink : ISecurityEventSink
    {
        public void Write(SecurityEvent securityEvent) => throw new IOException("disk full");
    }

    private sealed class RecordingSink : ISecurityEventSink
    {
        public List<SecurityEvent> Events { get; } = [];

        public void Write(SecurityEvent securityEvent) => Events.Add(securityEvent);
    }
}
