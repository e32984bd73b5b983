using System.Runtime.InteropServices;

namespace SecurityToolchain.Runtime.Interop;

/// <summary>Memory locking of the C library on Linux, macOS and the BSDs.</summary>
internal static partial class Libc
{
    /// <summary>Leaves the range out of core dumps (Linux, madvise(2)).</summary>
    internal const int AdviseDontDump = 16;

    /// <summary>Undoes <see cref="AdviseDontDump"/>.</summary>
    internal const int AdviseDoDump = 17;

    [LibraryImport("libc", EntryPoint = "mlock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static unsafe partial int LockMemory(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "munlock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static unsafe partial int UnlockMemory(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static unsafe partial int AdviseMemory(void* address, nuint length, int advice);
}
