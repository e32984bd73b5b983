using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using SecurityToolchain.Runtime.Interop;
using static SecurityToolchain.Runtime.Interop.Kernel32Jobs;

namespace SecurityToolchain.Runtime.Isolation;

/// <summary>
/// Puts the own process into a job object: no further process, bounded processor time and memory, no access to windows of others, and no
/// error dialog. A job cannot be left.
/// </summary>
/// <remarks>
/// Windows has no filter for system calls and no limit for open files or file sizes, and a process cannot change its user; what was asked
/// for of these is reported as missing.
/// </remarks>
[SupportedOSPlatform("windows")]
internal static class JobObjectLimiter
{
    // Kept for the life of the process. The job lives on without it; closing it would gain nothing.
    private static SafeFileHandle? s_job;

    public static unsafe void Apply(IsolationOptions options, List<string> inForce, List<string> missing)
    {
        SafeFileHandle job = CreateJob(0, 0);
        ExtendedLimits limits = Describe(options);
        uint restrictions = AllUiRestrictions;
        if (job.IsInvalid
            || !SetInformation(job, ExtendedLimitInformation, &limits, (uint)sizeof(ExtendedLimits))
            || !SetInformation(job, BasicUiRestrictions, &restrictions, sizeof(uint))
            || !AssignProcess(job, CurrentProcess()))
        {
            missing.Add(Error.Invariant($"job object: error {Marshal.GetLastPInvokeError()}"));
            job.Dispose();
        }
        else
        {
            s_job = job;
            inForce.Add("no further process");
            inForce.Add("no access to windows of others");
            if (options.MaxCpuSeconds is not null)
                inForce.Add("processor time");
            if (options.MaxAddressSpaceInBytes is not null)
                inForce.Add("memory");
        }

        ReportMissing(options, missing);
    }

    internal static ExtendedLimits Describe(IsolationOptions options)
    {
        var limits = new ExtendedLimits { LimitFlags = LimitActiveProcesses | DieOnUnhandledException, ActiveProcessLimit = 1 };
        if (options.MaxCpuSeconds is { } seconds)
        {
            limits.LimitFlags |= LimitProcessTime;
            limits.PerProcessUserTimeLimit = seconds * TimeSpan.TicksPerSecond;
        }

        if (options.MaxAddressSpaceInBytes is { } bytes)
        {
            // Windows counts what is committed, not what is reserved, so this is a limit of memory proper.
            limits.LimitFlags |= LimitProcessMemory;
            limits.ProcessMemoryLimit = (nuint)bytes;
        }

        return limits;
    }

    internal static void ReportMissing(IsolationOptions options, List<string> missing)
    {
        if (options.UserId is not null)
            missing.Add("user and group: a process cannot change its user on Windows");
        if (options.MaxOpenFiles is not null)
            missing.Add("open files: Windows has no such limit");
        if (options.MaxFileSizeInBytes is not null)
            missing.Add("file size: Windows has no such limit");
        if (options.FilterSystemCalls)
            missing.Add("system call filter: Windows has none; programs are refused by the job, sockets are not");
    }
}
