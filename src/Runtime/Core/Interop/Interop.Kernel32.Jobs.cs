using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace SecurityToolchain.Runtime.Interop;

/// <summary>Job objects of the Windows kernel library.</summary>
/// <remarks>Reference: "Job Objects" in the Win32 documentation; layouts from winnt.h.</remarks>
[SupportedOSPlatform("windows")]
internal static partial class Kernel32Jobs
{
    internal const int ExtendedLimitInformation = 9;
    internal const int BasicUiRestrictions = 4;
    internal const uint LimitProcessTime = 0x2;
    internal const uint LimitActiveProcesses = 0x8;
    internal const uint LimitProcessMemory = 0x100;
    internal const uint DieOnUnhandledException = 0x400;

    /// <summary>No handles, clipboard, system parameters, display settings, global atoms, desktops and no logging off: JOB_OBJECT_UILIMIT_ALL.</summary>
    internal const uint AllUiRestrictions = 0xFF;

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial SafeFileHandle CreateJob(nint attributes, nint name);

    [LibraryImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static unsafe partial bool SetInformation(SafeFileHandle job, int informationClass, void* information, uint length);

    [LibraryImport("kernel32", EntryPoint = "AssignProcessToJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool AssignProcess(SafeFileHandle job, nint process);

    /// <summary>A handle that always means the own process.</summary>
    [LibraryImport("kernel32", EntryPoint = "GetCurrentProcess")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial nint CurrentProcess();

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION with the basic limits and the counters in line: 144 bytes on 64-bit Windows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ExtendedLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
