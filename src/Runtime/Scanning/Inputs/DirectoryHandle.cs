using Microsoft.Win32.SafeHandles;

namespace SecurityToolchain.Scanning.Inputs;

/// <summary>An open directory below which files are opened. Shared by all threads; closed with the scan.</summary>
internal sealed class DirectoryHandle : IDisposable
{
    private readonly SafeFileHandle _handle;

    private DirectoryHandle(SafeFileHandle handle) => _handle = handle;

    public int Descriptor => (int)_handle.DangerousGetHandle();

    public static DirectoryHandle? TryOpen(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        int descriptor = UnixFile.Open(path, followLinks: true);
        return descriptor < 0 ? null : new DirectoryHandle(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    public void Dispose() => _handle.Dispose();
}
