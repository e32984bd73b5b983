using SecurityToolchain.Runtime.Incidents;

namespace SecurityToolchain.Runtime.Tests.Incidents;

public sealed class EmergencyShutdownTests
{
    [Fact]
    public async Task Shutdown_LogsFirst_StopsAll_AndReportsTheStuckOne()
    {
        var logger = new RecordingLogger<SecurityEventLog>();
        using var log = new SecurityEventLog(logger);
        using var shutdown = new EmergencyShutdown(log);
        int entriesWhenCancelled = 0;
        using var registration = shutdown.Token.Register(() => entriesWhenCancelled = logger.Entries.Count);
        shutdown.Register("quick", static _ => Task.CompletedTask);
        shutdown.Register("stuck", static _ => Task.Delay(Timeout.Infinite, CancellationToken.None));
        shutdown.Register("broken", static _ => throw new InvalidOperationException("detail that stays inside"));

        EmergencyShutdownReport report = await shutdown.TriggerAsync("breach", grace: TimeSpan.FromSeconds(3));

        Assert.Equal(1, entriesWhenCancelled);
        Assert.Equal(["quick"], report.Stopped);
        Assert.Equal(["stuck: still running when the grace ended", "broken: InvalidOperationException"], report.NotStopped);
        Assert.Contains("reason=breach", logger.Entries.First().Text, StringComparison.Ordinal);
        Assert.Contains("stuck", logger.Entries.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondTrigger_IsTheFirst()
    {
        var logger = new RecordingLogger<SecurityEventLog>();
        using var log = new SecurityEventLog(logger);
        using var shutdown = new EmergencyShutdown(log);
        int stops = 0;
        shutdown.Register("a", _ =>
        {
            stops++;
            return Task.CompletedTask;
        });

        EmergencyShutdownReport first = await shutdown.TriggerAsync("one");
        EmergencyShutdownReport second = await shutdown.TriggerAsync("two");

        Assert.Same(first, second);
        Assert.Equal(1, stops);
        Assert.Single(logger.Entries);
        Assert.Throws<InvalidOperationException>(() => shutdown.Register("late", static _ => Task.CompletedTask));
    }
}
