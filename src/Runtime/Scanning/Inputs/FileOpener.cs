using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Inputs;

/// <summary>
/// Opens files without trusting their names: the kind of file is asked of the open handle, so nothing can be swapped between a check and
/// the use, and a pipe cannot block the scan.
/// </summary>
internal static class FileOpener
{
    /// <summary>Opens a file that the user named; links are followed.</summary>
    public static OpenedFile Open(string path) => Open(path, followLinks: true);

    /// <summary>Opens a file below a directory; a link anywhere below the directory is refused where the system can say so.</summary>
    /// <param name="root">The open directory, or null.</param>
    /// <param name="relativePath">The path below the directory.</param>
    /// <param name="fullPath">The full path for messages and for systems without directory handles.</param>
    public static OpenedFile OpenBelow(DirectoryHandle? root, string relativePath, string fullPath)
    {
        if (root is null || !OperatingSystem.IsLinux())
            return Open(fullPath, followLinks: false);
        int descriptor = UnixFile.OpenBelow(root.Descriptor, relativePath);
        if (descriptor == UnixFile.NotAvailable)
            return Open(fullPath, followLinks: false);
        return descriptor < 0 ? Failure(-descriptor, fullPath) : Check(new SafeFileHandle(descriptor, ownsHandle: true), fullPath);
    }

    private static OpenedFile Open(string path, bool followLinks)
    {
        if (OperatingSystem.IsWindows())
            return OpenOnWindows(path, followLinks);
        int descriptor = UnixFile.Open(path, followLinks);
        return descriptor < 0 ? Failure(-descriptor, path) : Check(new SafeFileHandle(descriptor, ownsHandle: true), path);
    }

    private static OpenedFile Check(SafeFileHandle handle, string path)
    {
        try
        {
            UnixFileKind kind = UnixFile.KindOf(handle, out FileIdentity? identity);
            if (kind == UnixFileKind.Regular)
                return OpenedFile.Success(handle, identity?.Size ?? RandomAccess.GetLength(handle), identity);
            handle.Dispose();
            string name = kind switch
            {
                UnixFileKind.Directory => "a directory",
                UnixFileKind.KernelFileSystem => "a file of a kernel file system",
                _ => "a device, pipe or socket",
            };
            return OpenedFile.Failure(ScanIssueKind.SpecialFile, $"'{Show(path)}' is {name} and was not read.");
        }
        catch (IOException exception)
        {
            handle.Dispose();
            return OpenedFile.Failure(ScanIssueKind.Unreadable, $"'{Show(path)}' cannot be read: {exception.Message}");
        }
    }

    private static OpenedFile OpenOnWindows(string path, bool followLinks)
    {
        try
        {
            FileAttributes attributes = File.GetAttributes(path);
            if (!followLinks && attributes.HasFlag(FileAttributes.ReparsePoint))
                return OpenedFile.Failure(ScanIssueKind.Link, $"'{Show(path)}' is a link and was not followed.");
            if ((attributes & (FileAttributes.Device | FileAttributes.Directory)) != 0)
                return OpenedFile.Failure(ScanIssueKind.SpecialFile, $"'{Show(path)}' is not a regular file and was not read.");
            // .NET has no open that refuses a link on Windows, so the look comes first; making a link there takes an administrator's right.
#pragma warning disable STC5001
            SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
#pragma warning restore STC5001
            return OpenedFile.Success(handle, RandomAccess.GetLength(handle));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return OpenedFile.Failure(ScanIssueKind.NotFound, $"'{Show(path)}' does not exist.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return OpenedFile.Failure(ScanIssueKind.Unreadable, $"'{Show(path)}' cannot be opened: {exception.Message}");
        }
    }

    private static OpenedFile Failure(int error, string path) => error switch
    {
        2 or 20 => OpenedFile.Failure(ScanIssueKind.NotFound, $"'{Show(path)}' does not exist."),
        // ELOOP of O_NOFOLLOW and RESOLVE_NO_SYMLINKS, EXDEV of RESOLVE_BENEATH (62 and 18 there, 40 and 18 on Linux).
        40 or 62 or 18 => OpenedFile.Failure(ScanIssueKind.Link, $"'{Show(path)}' is or goes through a link and was not followed."),
        // ENXIO: a socket, or a pipe without a writer.
        6 => OpenedFile.Failure(ScanIssueKind.SpecialFile, $"'{Show(path)}' is a device, pipe or socket and was not read."),
        _ => OpenedFile.Failure(ScanIssueKind.Unreadable, $"'{Show(path)}' cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    private static string Show(string path) => PrintableText.Escape(path, 1024);
}
