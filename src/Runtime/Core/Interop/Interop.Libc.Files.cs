using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SecurityToolchain.Runtime.Interop;

internal static partial class Libc
{
    /// <summary>open(2) with the flags given; the caller checks <see cref="SafeHandle.IsInvalid"/>.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Synchronize(SafeFileHandle descriptor);
}
