using System.Diagnostics;
using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Isolation;

namespace SecurityToolchain.Runtime.Tests.Isolation;

public sealed class ProcessIsolationTests
{
    private const int KilledBySystemCall = 128 + 31;
    private const int KilledByCpuLimit = 128 + 24;
    private const int Killed = 128 + 9;

    public ProcessIsolationTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64, "Linux on x86-64 or ARM64");

    [Fact]
    public void Root_BecomesNobodyWithNoWayBack()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        (int exit, string output) = Run("privileges");
        Assert.Equal(0, exit);
        Assert.Contains("level: Full", output, StringComparison.Ordinal);
        Assert.Contains("Uid: 65534 65534 65534 65534", output, StringComparison.Ordinal);
        Assert.Contains("Gid: 65534 65534 65534 65534", output, StringComparison.Ordinal);
        Assert.Contains("Groups:\n", output, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs: 1", output, StringComparison.Ordinal);
        Assert.Contains("CapEff: 0000000000000000", output, StringComparison.Ordinal);
        Assert.Contains("shadow: refused", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill-program")]
    [InlineData("kill-socket")]
    public void RefusedCall_EndsTheProcess(string probe)
    {
        (int exit, string output) = Run(probe);
        Assert.Contains("level: Full", output, StringComparison.Ordinal);
        Assert.Equal(KilledBySystemCall, exit);
    }

    [Fact]
    public void RefusedCall_FailsAndTheRestGoesOn()
    {
        (int exit, string output) = Run("refuse");
        Assert.Equal(0, exit);
        Assert.Contains("program: refused", output, StringComparison.Ordinal);
        Assert.Contains("socket: refused", output, StringComparison.Ordinal);
        Assert.Contains("work: 6402017 True True", output, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenFiles_EndAtTheLimit()
    {
        (int exit, string output) = Run("files");
        Assert.Equal(0, exit);
        int opened = int.Parse(output.Trim()["opened: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(opened, 50, 199);
    }

    [Fact]
    public void CpuTime_EndsTheProcess()
    {
        (int exit, _) = Run("cpu");
        Assert.True(exit is KilledByCpuLimit or Killed, $"exit code {exit}");
    }

    [Fact]
    public void Worker_StartsUnderALimitOfAddressSpace_AndItsHeapIsBounded()
    {
        (int exit, string output) = Run("memory", ProcessIsolation.CreateWorkerEnvironment());
        Assert.Equal(0, exit);
        Assert.Contains("level: Full", output, StringComparison.Ordinal);
        Assert.Contains("memory: refused\n", output, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessIsolation.CreateWorkerEnvironment((32L << 20) - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessIsolation.CreateWorkerEnvironment((1L << 40) + 1));
    }

#pragma warning disable CA1416 // Only the description of the job is looked at, which calls nothing of Windows.
    [Fact]
    public unsafe void JobObject_IsDescribedAsAsked_AndWhatWindowsLacksIsMissing()
    {
        // JOBOBJECT_EXTENDED_LIMIT_INFORMATION has 144 bytes on 64-bit Windows; another size would be refused there.
        Assert.Equal(144, sizeof(SecurityToolchain.Runtime.Interop.Kernel32Jobs.ExtendedLimits));
        SecurityToolchain.Runtime.Interop.Kernel32Jobs.ExtendedLimits limits = JobObjectLimiter.Describe(new IsolationOptions { MaxCpuSeconds = 3, MaxAddressSpaceInBytes = 1L << 30 });
        Assert.Equal((0x50Au, 1u, 30_000_000L, (nuint)(1 << 30)), (limits.LimitFlags, limits.ActiveProcessLimit, limits.PerProcessUserTimeLimit, limits.ProcessMemoryLimit));
        Assert.Equal(0x408u, JobObjectLimiter.Describe(new IsolationOptions { MaxCpuSeconds = null }).LimitFlags);
        var missing = new List<string>();
        JobObjectLimiter.ReportMissing(new IsolationOptions { UserId = 1000, GroupId = 1000 }, missing);
        Assert.Equal(["user and group", "open files", "file size", "system call filter"], missing.Select(static text => text.Split(':')[0]));
        missing.Clear();
        JobObjectLimiter.ReportMissing(new IsolationOptions { MaxOpenFiles = null, MaxFileSizeInBytes = null, FilterSystemCalls = false }, missing);
        Assert.Empty(missing);
    }
#pragma warning restore CA1416

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentException>(() => ProcessIsolation.Enter(new IsolationOptions { UserId = 0, GroupId = 0 }));
        Assert.Throws<ArgumentException>(() => ProcessIsolation.Enter(new IsolationOptions { UserId = 65534 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessIsolation.Enter(new IsolationOptions { MaxCpuSeconds = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessIsolation.Enter(new IsolationOptions { MaxOpenFiles = 31 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessIsolation.Enter(new IsolationOptions { MaxAddressSpaceInBytes = (1L << 30) - 1 }));
    }

    private static (int ExitCode, string Output) Run(string argument, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SecurityToolchain.IsolationProbe"), [argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The runtime's diagnostic port is a socket; whether it is there must not change the test.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach ((string name, string value) in environment ?? [])
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
