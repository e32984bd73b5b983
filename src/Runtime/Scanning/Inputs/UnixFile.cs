using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SecurityToolchain.Scanning.Inputs;

/// <summary>The few system calls that .NET does not offer: open without blocking or following, and the kind of an open file.</summary>
internal static unsafe partial class UnixFile
{
    /// <summary>The result of <see cref="OpenBelow"/> where the kernel has no openat2.</summary>
    public const int NotAvailable = int.MinValue;

    private const int LinuxNonBlock = 0x800, LinuxCloseOnExec = 0x80000, LinuxNoControllingTerminal = 0x100;
    private const int MacNonBlock = 0x4, MacCloseOnExec = 0x1000000, MacNoControllingTerminal = 0x20000, MacNoFollow = 0x100;
    private const int OpenAt2 = 437;
    private const int NoSuchCall = 38;
    private const int StatusLength = 256;
    private const ulong ResolveNoMagicLinks = 2, ResolveNoSymlinks = 4, ResolveBeneath = 8;

    private static int LinuxNoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>Opens for reading. Never waits for a writer of a pipe, never makes a terminal the controlling one.</summary>
    /// <returns>The descriptor, or the negated error number.</returns>
    public static int Open(string path, bool followLinks)
    {
        int flags = OperatingSystem.IsLinux()
            ? LinuxNonBlock | LinuxCloseOnExec | LinuxNoControllingTerminal | (followLinks ? 0 : LinuxNoFollow)
            : MacNonBlock | MacCloseOnExec | MacNoControllingTerminal | (followLinks ? 0 : MacNoFollow);
        if (path.Contains('\0', StringComparison.Ordinal))
            return -2;
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        fixed (byte* pointer = name)
        {
            int descriptor = OpenNative(pointer, flags);
            return descriptor >= 0 ? descriptor : -Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Opens below a directory; the kernel refuses every link and every way out.</summary>
    /// <returns>The descriptor, the negated error number, or <see cref="NotAvailable"/>.</returns>
    public static int OpenBelow(int directory, string relativePath)
    {
        if (relativePath.Contains('\0', StringComparison.Ordinal))
            return -2;
        byte[] name = Encoding.UTF8.GetBytes(relativePath + "\0");
        // struct open_how { u64 flags, mode, resolve; }
        ulong* how = stackalloc ulong[3];
        how[0] = LinuxNonBlock | LinuxCloseOnExec | LinuxNoControllingTerminal;
        how[1] = 0;
        how[2] = ResolveNoMagicLinks | ResolveNoSymlinks | ResolveBeneath;
        fixed (byte* pointer = name)
        {
            nint result = SystemCall(OpenAt2, directory, pointer, how, 24);
            if (result >= 0)
                return (int)result;
            int error = Marshal.GetLastPInvokeError();
            // EPERM comes from sandboxes that do not know the call.
            return error is NoSuchCall or 1 ? NotAvailable : -error;
        }
    }

    /// <summary>Gives a file a second name, unless that name exists: the one way to publish a whole file without ever replacing another.</summary>
    /// <returns>0, or the negated error number; -17 when the name exists.</returns>
    public static int Link(string existing, string name)
    {
        fixed (byte* from = Encoding.UTF8.GetBytes(existing + "\0"), to = Encoding.UTF8.GetBytes(name + "\0"))
            return LinkNative(from, to) == 0 ? 0 : -Marshal.GetLastPInvokeError();
    }

    /// <summary>Asks an open handle what it is.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="identity">The identity as <see cref="IdentityOf"/> gives it.</param>
    public static UnixFileKind KindOf(SafeFileHandle handle, out FileIdentity? identity)
    {
        identity = null;
        int descriptor = (int)handle.DangerousGetHandle();
        byte* status = stackalloc byte[StatusLength];
        int mode;
        if (OperatingSystem.IsLinux())
        {
            if (!TryReadStatus(descriptor, status))
                throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
            // statx has one layout on every architecture: stx_mode is the 16-bit field at offset 28.
            mode = BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(status + 28, 2));
        }
        else
        {
            mode = MacMode(descriptor);
        }

        UnixFileKind kind = (mode & 0xF000) switch
        {
            0x8000 => UnixFileKind.Regular,
            0x4000 => UnixFileKind.Directory,
            _ => UnixFileKind.Other,
        };
        if (kind != UnixFileKind.Regular || !OperatingSystem.IsLinux())
            return kind;
        long type = FileSystemType(descriptor);
        if (IsKernelFileSystem(type))
            return UnixFileKind.KernelFileSystem;
        identity = ToIdentity(new ReadOnlySpan<byte>(status, StatusLength), type);
        return kind;
    }

    /// <summary>
    /// The identity of an open regular file; null where times or inodes cannot be trusted: on network and user-space file systems, in
    /// memory-only ones that do not note changes through mappings, and on systems other than Linux.
    /// </summary>
    public static FileIdentity? IdentityOf(SafeFileHandle handle)
    {
        byte* status = stackalloc byte[StatusLength];
        int descriptor = (int)handle.DangerousGetHandle();
        return OperatingSystem.IsLinux() && TryReadStatus(descriptor, status) ? ToIdentity(new ReadOnlySpan<byte>(status, StatusLength), FileSystemType(descriptor)) : null;
    }

    private static FileIdentity? ToIdentity(ReadOnlySpan<byte> status, long fileSystemType)
    {
        if (!IsLocalFileSystem(fileSystemType))
            return null;
        ulong device = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(status[136..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(status[140..]);
        return new FileIdentity(
            device, BinaryPrimitives.ReadUInt64LittleEndian(status[32..]), BinaryPrimitives.ReadInt64LittleEndian(status[40..]), Time(status[112..]), Time(status[96..]));
    }

    // struct statx_timestamp { s64 seconds; u32 nanoseconds; }; a year after 2262 is as good as the last one before.
    private static long Time(ReadOnlySpan<byte> bytes) =>
        (Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes), -9_000_000_000, 9_000_000_000) * 1_000_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);

    private static bool TryReadStatus(int descriptor, byte* status)
    {
        byte empty = 0;
        const int EmptyPath = 0x1000, Basic = 0x7FF;
        return Statx(descriptor, &empty, EmptyPath, Basic, status) == 0;
    }

    // struct stat of 64-bit macOS: st_mode is the 16-bit field at offset 4.
    private static int MacMode(int descriptor)
    {
        byte* buffer = stackalloc byte[512];
        int result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? MacStat64(descriptor, buffer) : MacStat(descriptor, buffer);
        if (result != 0)
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        return BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(buffer + 4, 2));
    }

    // Files of proc, sysfs and their kin claim size 0 and produce content, or act, when they are read.
    private static bool IsKernelFileSystem(long type) =>
        type is 0x9FA0 or 0x62656572 or 0x64626720 or 0x74726163 or 0x27E0EB or 0x63677270 or 0x73636673 or 0xCAFE4A11 or 0x6165676C;

    // ext2 to ext4, XFS, Btrfs, F2FS, ZFS, bcachefs, overlayfs.
    private static bool IsLocalFileSystem(long type) =>
        type is 0xEF53 or 0x58465342 or 0x9123683E or 0xF2F52010 or 0x2FC12FC1 or 0xCA451A4E or 0x794C7630;

    private static long FileSystemType(int descriptor)
    {
        byte* buffer = stackalloc byte[256];
        return Fstatfs(descriptor, buffer) == 0 ? *(nint*)buffer & 0xFFFFFFFF : 0;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int OpenNative(byte* path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "link", SetLastError = true)]
    private static partial int LinkNative(byte* existing, byte* name);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint directory, byte* path, void* how, nint size);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int Statx(int directory, byte* path, int flags, uint mask, byte* buffer);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    private static partial int Fstatfs(int descriptor, byte* buffer);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static partial int MacStat(int descriptor, byte* buffer);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int MacStat64(int descriptor, byte* buffer);
}
