using System.Runtime.Versioning;

namespace SecurityToolchain.Runtime.Isolation;

/// <summary>
/// Takes rights away from the own process, for good: for a worker that parses what others sent. Call it when everything the worker needs is
/// open, and end the process afterwards; nothing can be given back.
/// </summary>
/// <remarks>
/// References: setresuid(2), prctl(2) PR_SET_NO_NEW_PRIVS, setrlimit(2), seccomp(2); job objects of Windows.
/// Linux on x86-64 and ARM64: everything. Windows: a job object (processor time, memory, no further process). macOS: limits of resources.
/// What was asked for and is not in force is in the report, whose level is then <see cref="IsolationLevel.Degraded"/>; the policy of the
/// caller decides whether to go on.
/// </remarks>
public static class ProcessIsolation
{
    /// <summary>Gives up what the options name: limits first, then groups and user, then system calls.</summary>
    /// <param name="options">What to give up; the defaults if <see langword="null"/>.</param>
    /// <returns>What is in force now, and what is not.</returns>
    /// <exception cref="ArgumentException">An option is out of range. Nothing was done.</exception>
    /// <exception cref="IsolationException">The user could not be changed, or root could be regained. End the process.</exception>
    public static IsolationReport Enter(IsolationOptions? options = null)
    {
        options ??= new IsolationOptions();
        options.Validate();
        var inForce = new List<string>();
        var missing = new List<string>();
        if (OperatingSystem.IsLinux())
            EnterLinux(options, inForce, missing);
        else if (OperatingSystem.IsWindows())
            JobObjectLimiter.Apply(options, inForce, missing);
        else if (OperatingSystem.IsMacOS())
            EnterMac(options, inForce, missing);
        else
            missing.Add("everything: this operating system is not supported");
        IsolationLevel level = missing.Count == 0 ? IsolationLevel.Full : inForce.Count == 0 ? IsolationLevel.None : IsolationLevel.Degraded;
        return new IsolationReport(level, inForce, missing);
    }

    /// <summary>
    /// Returns the environment for a worker that is started as a process of its own, for example by
    /// <see cref="Processes.CommandExecutor"/>: a bound for its managed heap that holds from the first moment, no diagnostic port, no dumps.
    /// </summary>
    /// <param name="maxHeapInBytes">Managed heap: 32 MiB to 1 TiB. Default 256 MiB. An allocation beyond it throws <see cref="OutOfMemoryException"/>.</param>
    /// <returns>Variables; add what the worker needs besides.</returns>
    /// <remarks>
    /// The collector then reserves twice the heap and no longer hundreds of gigabytes. The rest of .NET 10 on Linux takes about 3 GiB of
    /// address space, hardly any of it memory, so <see cref="IsolationOptions.MaxAddressSpaceInBytes"/> must be 4 GiB more than the heap.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static Dictionary<string, string> CreateWorkerEnvironment(long maxHeapInBytes = 256L << 20)
    {
        if (maxHeapInBytes is < 32L << 20 or > 1L << 40)
            throw Error.OutOfRange(nameof(maxHeapInBytes), "The managed heap of a worker in bytes", 32L << 20, 1L << 40, maxHeapInBytes);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_GCHeapHardLimit"] = Error.Invariant($"0x{maxHeapInBytes:X}"),
            ["DOTNET_GCRegionRange"] = Error.Invariant($"0x{maxHeapInBytes * 2:X}"),
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_DbgEnableMiniDump"] = "0",
        };
    }

    [SupportedOSPlatform("linux")]
    private static void EnterLinux(IsolationOptions options, List<string> inForce, List<string> missing)
    {
        ResourceLimiter.Apply(options, inForce, missing);
        if (options is { UserId: { } user, GroupId: { } group })
        {
            PrivilegeDropper.Drop((uint)user, (uint)group);
            inForce.Add("user and group");
        }

        PrivilegeDropper.ForbidNewPrivileges();
        inForce.Add("no new privileges");
        if (options.FilterSystemCalls)
            SystemCallFilter.Apply(options.KillOnRefusedCall, inForce, missing);
    }

    [SupportedOSPlatform("macos")]
    private static void EnterMac(IsolationOptions options, List<string> inForce, List<string> missing)
    {
        ResourceLimiter.Apply(options, inForce, missing);
        if (options.UserId is not null)
            missing.Add("user and group: not supported on macOS");
        if (options.FilterSystemCalls)
            missing.Add("system call filter: not supported on macOS");
    }
}
