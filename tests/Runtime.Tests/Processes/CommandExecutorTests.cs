using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Runtime.Processes;

namespace SecurityToolchain.Runtime.Tests.Processes;

public sealed class CommandExecutorTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stc-command-").FullName;

    public CommandExecutorTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "runs programs of Linux");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public static TheoryData<string> HostileArguments() => new(
        "-rf", "--help", "-", "--", "-c", "; id", "$(id)", "`id`", "&& id", "|| id", "| id", "a;b", "a b", "a\tb", "a\nb", "a\r\nb", "'", "\"", "\\", "'; id; '", "\"; id; \"",
        "$HOME", "${IFS}", "%PATH%", "!x!", "*", "?", "[a]", "~", "#", ">x", "<x", "&", "^", "\u202E", "é", "日本", "\u0001", "../../etc/passwd", "/etc/shadow", "");

    [Theory]
    [MemberData(nameof(HostileArguments))]
    public async Task HostileArgument_ArrivesAsItIsOrIsRefused(string value)
    {
        CommandExecutor free = Executor(new CommandDefinition { ExecutablePath = "/usr/bin/printf", Arguments = [CommandArgument.Literal("[%s]"), CommandArgument.Matching("(?s:.*)")], InsertEndOfOptions = false });
        CommandExecutor strict = Executor(new CommandDefinition { ExecutablePath = "/usr/bin/printf", Arguments = [CommandArgument.Literal("[%s]"), CommandArgument.Matching("[a-z0-9]+")], InsertEndOfOptions = false });
        if (value.StartsWith('-'))
        {
            Assert.Equal(CommandErrorKind.InvalidInput, (await Assert.ThrowsAsync<CommandException>(() => Run(free, value))).Kind);
        }
        else
        {
            CommandResult result = await Run(free, value);
            Assert.Equal($"[{value}]", result.ReadOutput());
        }

        CommandException error = await Assert.ThrowsAsync<CommandException>(() => Run(strict, value));
        Assert.Equal("Argument 1 of the command 'c' is refused by its schema.", error.Message);
    }

    [Fact]
    public async Task OutsideArguments_ComeBehindTheEndOfOptions()
    {
        CommandExecutor executor = Executor(new CommandDefinition
        {
            ExecutablePath = "/usr/bin/env",
            Arguments = [CommandArgument.Literal("/usr/bin/printf"), CommandArgument.Literal("[%s]"), CommandArgument.OneOf("-a", "b"), CommandArgument.WholeNumber(-5, 9), CommandArgument.Matching("[a-z]+")],
        });
        Assert.Equal("[-a][--][-5][x]", (await Run(executor, "-a", "-5", "x")).ReadOutput());
        await Refused(executor, "-c", "1", "x");
        await Refused(executor, "-a", "10", "x");
        await Refused(executor, "-a", "1e3", "x");
        await Refused(executor, "-a", " 1", "x");
        await Refused(executor, "-a", "1", "x\n");
        await Refused(executor, "-a", "1");
        await Refused(executor, "-a", "1", "x", "y");
        await Refused(executor, "-a", "1", "a\0b");
    }

    [Fact]
    public async Task FileArgument_LeadsToAFileBelowTheRootOnly()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "inside"), "content", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_directory, "link"), "/etc/passwd");
        CommandExecutor executor = Executor(new CommandDefinition { ExecutablePath = "/bin/cat", Arguments = [CommandArgument.FileUnder(_directory)] });
        Assert.Equal("content", (await Run(executor, "inside")).ReadOutput());
        await Refused(executor, "link");
        await Refused(executor, "../x");
        await Refused(executor, "/etc/passwd");
        await Refused(executor, "absent");
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("C")]
    [InlineData("./c")]
    [InlineData("/bin/ls")]
    [InlineData("")]
    public async Task NameThatThePolicyDoesNotHave_IsNotRun(string name)
    {
        CommandExecutor executor = Executor(new CommandDefinition { ExecutablePath = "/bin/true" });
        Assert.Equal(CommandErrorKind.NotAllowed, (await Assert.ThrowsAsync<CommandException>(() => executor.RunAsync(name, [], default, TestContext.Current.CancellationToken))).Kind);
    }

    [Fact]
    public async Task Environment_IsThePolicysAlone()
    {
        Environment.SetEnvironmentVariable("LD_PRELOAD_TEST", "x");
        Environment.SetEnvironmentVariable("STC_SECRET", "x");
        CommandResult result = await Run(Executor(new CommandDefinition { ExecutablePath = "/usr/bin/env" }));
        Assert.Equal(["LANG=C.UTF-8", "PATH=/usr/bin:/bin"], result.ReadOutput().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Assert.Equal("/\n", (await Run(Executor(new CommandDefinition { ExecutablePath = "/bin/pwd" }))).ReadOutput());
    }

    [Fact]
    public async Task Deadline_KillsTheProgramAndItsChildren()
    {
        string pid = Path.Combine(_directory, "pid");
        var clock = new ManualClock();
        Task<CommandResult> running = Run(Script($"sleep 600 &\necho $! > {pid}.new\nmv {pid}.new {pid}\nsleep 600\n", clock));
        int grandchild = await ReadPid(pid);
        Assert.False(running.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(31));
        CommandException error = await Assert.ThrowsAsync<CommandException>(() => running);
        Assert.Equal(CommandErrorKind.TimedOut, error.Kind);
        Assert.True(await IsGone(grandchild));
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("exit 0")]
    public async Task ChildThatLeftTheTreeAndKeepsThePipes_DoesNotHoldTheCaller(string end)
    {
        // The middle process ends at once, so the sleeper belongs to init and no walk of the tree finds it. It holds both pipes open.
        string pid = Path.Combine(_directory, "pid");
        var clock = new ManualClock();
        Task<CommandResult> running = Run(Script($"sh -c 'setsid sleep 600 & echo $! > {pid}.new; mv {pid}.new {pid}'\n{end}\nsleep 600\n", clock));
        int orphan = await ReadPid(pid);
        try
        {
            Assert.False(running.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(31));
            Assert.Equal(CommandErrorKind.TimedOut, (await Assert.ThrowsAsync<CommandException>(() => running)).Kind);
        }
        finally
        {
            using var process = System.Diagnostics.Process.GetProcessById(orphan);
            process.Kill();
        }
    }

    [Fact]
    public async Task Cancellation_KillsTheProgram()
    {
        string pid = Path.Combine(_directory, "pid");
        using var cancel = new CancellationTokenSource();
        Task<CommandResult> running = Script($"echo $$ > {pid}.new\nmv {pid}.new {pid}\nexec sleep 600\n", new ManualClock()).RunAsync("c", [], default, cancel.Token);
        int program = await ReadPid(pid);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(await IsGone(program));
    }

    [Fact]
    public async Task Output_BeyondTheLimit_KillsOrTruncatesInBoundedMemory()
    {
        var definition = new CommandDefinition { ExecutablePath = "/usr/bin/head", Arguments = [CommandArgument.Literal("-c"), CommandArgument.Literal("1G"), CommandArgument.Literal("/dev/zero")] };
        CommandException error = await Assert.ThrowsAsync<CommandException>(() => Run(Executor(definition)));
        Assert.Equal(CommandErrorKind.OutputLimitExceeded, error.Kind);

        var policy = new CommandPolicy(new Dictionary<string, CommandDefinition> { ["c"] = definition }) { TruncateOutput = true, MaxOutputInBytes = 1000 };
        long before = GC.GetTotalMemory(forceFullCollection: true);
        CommandResult result = await Run(new CommandExecutor(policy));
        Assert.True(result.IsTruncated);
        Assert.Equal(1000, result.StandardOutput.Length);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 10 << 20);
    }

    [Fact]
    public async Task BothPipesAndInput_FullAtOnce_DoNotDeadlock()
    {
        CommandExecutor executor = Executor(new CommandDefinition { ExecutablePath = "/usr/bin/tee", Arguments = [CommandArgument.Literal("/dev/stderr")] });
        byte[] input = RandomNumberGenerator.GetBytes(900_000);
        CommandResult result = await executor.RunAsync("c", [], input, TestContext.Current.CancellationToken);
        Assert.Equal(input, result.StandardOutput.ToArray());
        Assert.Equal(input, result.StandardError.ToArray());
        Assert.Equal(0, (await Executor(new CommandDefinition { ExecutablePath = "/bin/true" }).RunAsync("c", [], input, TestContext.Current.CancellationToken)).ExitCode);
    }

    [Fact]
    public async Task InvalidUtf8_StaysAsBytes()
    {
        CommandExecutor executor = Executor(new CommandDefinition { ExecutablePath = "/bin/cat" });
        byte[] input = [0xFF, 0xFE, 0x00, 0x80];
        CommandResult result = await executor.RunAsync("c", [], input, TestContext.Current.CancellationToken);
        Assert.Equal(input, result.StandardOutput.ToArray());
        Assert.Equal("ÿþ\0\u0080", result.ReadOutput(Encoding.Latin1));
    }

    [Fact]
    public async Task PinnedProgram_OfOtherContent_IsNotRun()
    {
        string digest = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync("/bin/true", TestContext.Current.CancellationToken)));
        Assert.Equal(0, (await Run(Executor(new CommandDefinition { ExecutablePath = "/bin/true", ExecutableSha256 = digest }))).ExitCode);
        CommandException error = await Assert.ThrowsAsync<CommandException>(() => Run(Executor(new CommandDefinition { ExecutablePath = "/bin/false", ExecutableSha256 = digest })));
        Assert.Equal(CommandErrorKind.ExecutionFailed, error.Kind);
        error = await Assert.ThrowsAsync<CommandException>(() => Run(Executor(new CommandDefinition { ExecutablePath = "/absent/program" })));
        Assert.Equal(CommandErrorKind.ExecutionFailed, error.Kind);
    }

    [Fact]
    public async Task ExitCodeAndErrors_AreTheCallersAlone()
    {
        CommandResult result = await Run(Executor(new CommandDefinition { ExecutablePath = "/bin/ls", Arguments = [CommandArgument.Literal("/absent-secret")] }));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("absent-secret", Encoding.UTF8.GetString(result.StandardError.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_Misuse_Throws()
    {
        Assert.Throws<ArgumentException>(() => Executor(new CommandDefinition { ExecutablePath = "ls" }));
        Assert.Throws<ArgumentException>(() => Executor(new CommandDefinition { ExecutablePath = "/x/run.BAT" }));
        Assert.Throws<ArgumentException>(() => Executor(new CommandDefinition { ExecutablePath = "/x/run.cmd" }));
        Assert.Throws<ArgumentException>(() => Executor(new CommandDefinition { ExecutablePath = "/x", ExecutableSha256 = "12" }));
        var none = new Dictionary<string, CommandDefinition>();
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandPolicy(none) { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandPolicy(none) { MaxOutputInBytes = 0 });
        Assert.Throws<ArgumentException>(() => new CommandPolicy(none) { WorkingDirectory = "relative" });
        Assert.Throws<ArgumentException>(() => CommandArgument.OneOf());
        Assert.Throws<ArgumentOutOfRangeException>(() => CommandArgument.WholeNumber(2, 1));
        Assert.Throws<ArgumentException>(() => CommandArgument.FileUnder("relative"));
    }

    private static CommandExecutor Executor(CommandDefinition command) =>
        new(new CommandPolicy(new Dictionary<string, CommandDefinition> { ["c"] = command }));

    private static Task<CommandResult> Run(CommandExecutor executor, params string[] arguments) =>
        executor.RunAsync("c", arguments, default, TestContext.Current.CancellationToken);

    private static async Task Refused(CommandExecutor executor, params string[] arguments) =>
        Assert.Equal(CommandErrorKind.InvalidInput, (await Assert.ThrowsAsync<CommandException>(() => Run(executor, arguments))).Kind);

    private static async Task<bool> IsGone(int process)
    {
        for (int i = 0; i < 50; i++)
        {
            // A killed process whose parent is gone may wait as a zombie for the system to collect it.
            if (!File.Exists($"/proc/{process}/stat") || (await File.ReadAllTextAsync($"/proc/{process}/stat")).Contains(") Z ", StringComparison.Ordinal))
                return true;
            await Task.Delay(100);
        }

        return false;
    }

    /// <summary>A command that is a shell script; its deadline of 30 seconds goes by the clock given.</summary>
    private CommandExecutor Script(string text, TimeProvider clock)
    {
        string path = Path.Combine(_directory, "script");
        File.WriteAllText(path, "#!/bin/sh\n" + text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new CommandExecutor(new CommandPolicy(new Dictionary<string, CommandDefinition> { ["c"] = new() { ExecutablePath = path } }), clock);
    }

    private static async Task<int> ReadPid(string path)
    {
        while (!File.Exists(path))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        return int.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
