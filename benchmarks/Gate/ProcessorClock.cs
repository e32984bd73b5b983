using System.Runtime.InteropServices;

namespace SecurityToolchain.GateCost;

/// <summary>Processor time of all child processes that have ended. Reference: getrusage(2), RUSAGE_CHILDREN.</summary>
internal static unsafe partial class ProcessorClock
{
    private const int Children = -1;
    private const int UsageLongs = 18;
    private const double MicrosecondsPerSecond = 1e6;

    /// <summary>The seconds so far; NaN on systems other than 64-bit Linux.</summary>
    public static double ChildSeconds
    {
        get
        {
            if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
                return double.NaN;
            // struct rusage: user seconds, user microseconds, system seconds, system microseconds, then fourteen counters.
            long* usage = stackalloc long[UsageLongs];
            return GetResourceUsage(Children, usage) == 0
                ? usage[0] + usage[2] + ((usage[1] + usage[3]) / MicrosecondsPerSecond)
                : double.NaN;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetResourceUsage(int who, long* usage);
}
