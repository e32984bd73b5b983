using SecurityToolchain.Cli.Scanning;

namespace SecurityToolchain.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void Line_TellsRateAndEstimate_OnceTheTotalsAreKnown()
    {
        var clock = new Clock();
        using var view = new ProgressView(new StringWriter(), clock);
        view.Discovered(10, 100 << 20, complete: false);
        view.FileFinished("a/\u001b[31m.dll", 20 << 20);
        clock.Now = TimeSpan.FromSeconds(4);
        Assert.Equal("1/10+ files, 20 MiB, 5 MiB/s  a/\\u001b[31m.dll", view.Line(100));
        view.Discovered(10, 100 << 20, complete: true);
        Assert.StartsWith("1/10 files, 20 MiB, 5 MiB/s, 16 s left  ", view.Line(100), StringComparison.Ordinal);
        view.Discovered(10, 3L << 30, complete: true);
        Assert.Contains(", 10 min 10 s left", view.Line(100), StringComparison.Ordinal);
        Assert.True(view.Line(40).Length <= 60);
    }

    [Fact]
    public void ShortRun_ShowsNothing_LongRunClearsItsLine()
    {
        var clock = new Clock();
        var output = new StringWriter();
        using (var view = new ProgressView(output, clock))
            view.Discovered(1, 1, complete: true);
        Assert.Equal("", output.ToString());
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(250)), clock.Timer);
        using (var view = new ProgressView(output, clock))
        {
            clock.Now = TimeSpan.FromSeconds(2);
            clock.Tick();
            Assert.Contains("0/0+ files", output.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith(" \r", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scan", "--fail-on warning")]
    [InlineData("hash", "md5,sha1")]
    [InlineData("strings", "--category Url")]
    [InlineData("inspect", "app.dll")]
    public async Task Help_HasExamples(string command, string expected)
    {
        var output = new StringWriter();
        int code = await Program.CreateRoot().Parse([command, "--help"]).InvokeAsync(new() { Output = output }, TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        Assert.Contains("Usage:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
    }

    private sealed class Clock : TimeProvider
    {
        private TimerCallback? _callback;

        public TimeSpan Now { get; set; }

        public (TimeSpan Due, TimeSpan Period) Timer { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            Timer = (dueTime, period);
            return new Nothing();
        }

        public void Tick() => _callback!(null);

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
