using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using SecurityToolchain.Runtime.Interop;

namespace SecurityToolchain.Runtime.Isolation;

/// <summary>Sets the kernel's limits of the own process.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
internal static class ResourceLimiter
{
    private const int CpuTime = 0;
    private const int FileSize = 1;
    private const int CoreSize = 4;

    public static void Apply(IsolationOptions options, List<string> inForce, List<string> missing)
    {
        // The first five numbers are those of POSIX systems since 4.2BSD; these two differ.
        (int openFiles, int addressSpace) = OperatingSystem.IsMacOS() ? (8, 5) : (7, 9);
        Set(CoreSize, 0, 0, "core dumps", inForce, missing);
        if (options.MaxCpuSeconds is { } seconds)
        {
            // The soft limit sends SIGXCPU, which ends a process that does not handle it; the hard one kills.
            Set(CpuTime, (ulong)seconds, (ulong)seconds + 1, "processor time", inForce, missing);
        }

        if (options.MaxOpenFiles is { } files)
            Set(openFiles, (ulong)files, (ulong)files, "open files", inForce, missing);
        if (options.MaxFileSizeInBytes is { } size)
            Set(FileSize, (ulong)size, (ulong)size, "file size", inForce, missing);
        if (options.MaxAddressSpaceInBytes is { } space)
            Set(addressSpace, (ulong)space, (ulong)space, "address space", inForce, missing);
    }

    private static void Set(int resource, ulong soft, ulong hard, string name, List<string> inForce, List<string> missing)
    {
        if (LibcIsolation.SetResourceLimit(resource, new LibcIsolation.ResourceLimit(soft, hard)) == 0)
            inForce.Add(name);
        else
            missing.Add(Error.Invariant($"{name}: error {Marshal.GetLastPInvokeError()}"));
    }
}
