using System.Runtime.InteropServices;

namespace SecurityToolchain.Runtime.Interop;

/// <summary>Memory locking of the Windows kernel library.</summary>
internal static partial class Kernel32
{
    [LibraryImport("kernel32", EntryPoint = "VirtualLock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static unsafe partial bool LockMemory(void* address, nuint length);

    [LibraryImport("kernel32", EntryPoint = "VirtualUnlock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static unsafe partial bool UnlockMemory(void* address, nuint length);
}
