using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SecurityToolchain.Runtime.Interop;

/// <summary>Calls that take rights away from the own process (Linux; limits of resources on macOS too).</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
internal static partial class LibcIsolation
{
    internal const int SetDumpable = 4;
    internal const int SetNoNewPrivileges = 38;
    internal const int GetNoNewPrivileges = 39;
    internal const uint SeccompSetModeFilter = 1;
    internal const uint SeccompSynchronizeThreads = 1;

    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static unsafe partial int SetGroups(nuint count, uint* groups);

    [LibraryImport("libc", EntryPoint = "getgroups", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static unsafe partial int GetGroups(int count, uint* groups);

    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int SetGroup(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "setresuid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int SetUser(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "getresuid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int GetUser(out uint real, out uint effective, out uint saved);

    [LibraryImport("libc", EntryPoint = "getresgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int GetGroup(out uint real, out uint effective, out uint saved);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int ProcessControl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int SetResourceLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static unsafe partial nint SystemCallSeccomp(nint number, nuint operation, nuint flags, FilterProgram* program);

    /// <summary>struct rlimit.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct ResourceLimit(ulong soft, ulong hard)
    {
        public readonly ulong Soft = soft;
        public readonly ulong Hard = hard;
    }

    /// <summary>struct sock_filter: one instruction of the classic packet filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct FilterInstruction(ushort code, byte jumpTrue, byte jumpFalse, uint operand)
    {
        public readonly ushort Code = code;
        public readonly byte JumpTrue = jumpTrue;
        public readonly byte JumpFalse = jumpFalse;
        public readonly uint Operand = operand;
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct FilterProgram
    {
        public ushort Length;
        public FilterInstruction* Instructions;
    }
}
