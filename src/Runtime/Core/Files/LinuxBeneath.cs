using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using SecurityToolchain.Runtime.Interop;

namespace SecurityToolchain.Runtime.Files;

/// <summary>Opening below a root by the kernel (openat2), or by hand with one handle for each directory on the way.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxBeneath
{
    private const uint OwnerOnly = 0x180; // 0600
    private const uint OwnerOnlyDirectory = 0x1C0; // 0700
    private const int MaxRaces = 128;

    private static volatile bool s_hasOpenAt2 = true;

    public static FileStream Open(string root, string relativePath, FileMode mode, FileAccess access) =>
        Open(root, relativePath, mode, access, s_hasOpenAt2);

    internal static FileStream Open(string root, string relativePath, FileMode mode, FileAccess access, bool useOpenAt2)
    {
        using SafeFileHandle directory = OpenRoot(root);
        int flags = Flags(mode, access);
        SafeFileHandle? file = useOpenAt2 ? OpenAt2(directory, relativePath, flags) : null;
        file ??= Walk(directory, relativePath, flags);
        try
        {
            RequireRegularFile(file, relativePath);
            return new FileStream(file, access, bufferSize: 4096);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static void CreateDirectory(string root, string relativePath)
    {
        SafeFileHandle current = OpenRoot(root);
        try
        {
            foreach (string segment in relativePath.Split('/'))
            {
                if (Libc.MakeDirectoryAt(current, segment, OwnerOnlyDirectory) != 0 && Marshal.GetLastPInvokeError() != Libc.ErrorExists)
                    throw Failure(relativePath);
                SafeFileHandle next = OpenSegment(current, segment, relativePath, Libc.OpenDirectory, mode: 0);
                current.Dispose();
                current = next;
            }
        }
        finally
        {
            current.Dispose();
        }
    }

    private static SafeFileHandle OpenRoot(string root)
    {
        SafeFileHandle handle = Libc.Open(root, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec);
        if (!handle.IsInvalid)
            return handle;
        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw error is Libc.ErrorNoEntry or Libc.ErrorNotDirectory
            ? new DirectoryNotFoundException($"The root '{root}' is not a directory.")
            : new IOException(Error.Invariant($"The root '{root}' cannot be opened: error {error}."));
    }

    /// <summary>Returns null where the kernel, or a filter in front of it, does not know the call.</summary>
    private static unsafe SafeFileHandle? OpenAt2(SafeFileHandle root, string path, int flags)
    {
        var how = new Libc.OpenHow
        {
            Flags = (uint)flags,
            Mode = (flags & Libc.OpenCreate) != 0 ? OwnerOnly : 0,
            Resolve = Libc.ResolveBeneath | Libc.ResolveNoSymlinks | Libc.ResolveNoMagicLinks,
        };
        bool added = false;
        root.DangerousAddRef(ref added);
        try
        {
            for (int attempt = 0; attempt < MaxRaces; attempt++)
            {
                nint descriptor = Libc.SystemCallOpenAt2(Libc.SyscallOpenAt2, root.DangerousGetHandle(), path, &how, sizeof(Libc.OpenHow));
                if (descriptor >= 0)
                    return new SafeFileHandle(descriptor, ownsHandle: true);
                int error = Marshal.GetLastPInvokeError();
                if (error == Libc.ErrorTryAgain)
                    continue;
                if (error is not (Libc.ErrorNoSystemCall or Libc.ErrorNotPermitted))
                    throw Failure(path, error);
                // A container's filter says "not permitted" for a call that it does not know; the walk finds out which it was.
                s_hasOpenAt2 &= error != Libc.ErrorNoSystemCall;
                return null;
            }
        }
        finally
        {
            if (added)
                root.DangerousRelease();
        }

        // Somebody renames directories of the path without pause.
        throw new PathValidationException(PathValidationError.SymlinkEscape, path);
    }

    private static SafeFileHandle Walk(SafeFileHandle root, string path, int flags)
    {
        string[] segments = path.Split('/');
        SafeFileHandle current = root;
        try
        {
            foreach (string segment in segments.AsSpan(0, segments.Length - 1))
            {
                SafeFileHandle next = OpenSegment(current, segment, path, Libc.OpenDirectory, mode: 0);
                if (!ReferenceEquals(current, root))
                    current.Dispose();
                current = next;
            }

            return OpenSegment(current, segments[^1], path, flags, OwnerOnly);
        }
        finally
        {
            if (!ReferenceEquals(current, root))
                current.Dispose();
        }
    }

    private static SafeFileHandle OpenSegment(SafeFileHandle directory, string segment, string path, int flags, uint mode)
    {
        SafeFileHandle handle = Libc.OpenAt(directory, segment, flags | Libc.OpenNoFollow | Libc.OpenCloseOnExec, mode);
        if (!handle.IsInvalid)
            return handle;
        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        // With O_DIRECTORY a link counts as "not a directory"; what it is decides the answer.
        if (error == Libc.ErrorNotDirectory && IsLink(directory, segment))
            error = Libc.ErrorLoop;
        throw Failure(path, error);
    }

    private static int Flags(FileMode mode, FileAccess access)
    {
        int flags = access switch { FileAccess.Read => Libc.OpenReadOnly, FileAccess.Write => Libc.OpenWriteOnly, _ => Libc.OpenReadWrite };
        // Without O_NONBLOCK opening a pipe waits for its other end. On a regular file it means nothing.
        flags |= Libc.OpenCloseOnExec | Libc.OpenNonBlocking;
        return flags | mode switch
        {
            FileMode.CreateNew => Libc.OpenCreate | Libc.OpenExclusive,
            FileMode.Create => Libc.OpenCreate | Libc.OpenTruncate,
            FileMode.OpenOrCreate => Libc.OpenCreate,
            FileMode.Truncate => Libc.OpenTruncate,
            _ => 0,
        };
    }

    private static void RequireRegularFile(SafeFileHandle file, string path)
    {
        const int EmptyPath = 0x1000;
        if (FileType(file, string.Empty, EmptyPath) != 0x8000)
            throw new PathValidationException(PathValidationError.NotRegularFile, path);
    }

    private static bool IsLink(SafeFileHandle directory, string segment)
    {
        const int NoFollow = 0x100;
        return FileType(directory, segment, NoFollow) == 0xA000;
    }

    private static unsafe int FileType(SafeFileHandle directory, string path, int flags)
    {
        // stx_mode is at offset 28 of struct statx on every architecture.
        const uint TypeOnly = 1;
        byte* status = stackalloc byte[256];
        return Libc.ExtendedStatus(directory, path, flags, TypeOnly, status) == 0
            ? BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(status + 28, 2)) & 0xF000
            : 0;
    }

    private static IOException Failure(string path) => Failure(path, Marshal.GetLastPInvokeError());

    private static IOException Failure(string path, int error) => error switch
    {
        Libc.ErrorLoop or Libc.ErrorCrossDevice => new PathValidationException(PathValidationError.SymlinkEscape, path),
        Libc.ErrorNoEntry => new PathValidationException(PathValidationError.NotFound, path),
        Libc.ErrorNotDirectory or Libc.ErrorIsDirectory or Libc.ErrorNoDevice => new PathValidationException(PathValidationError.NotRegularFile, path),
        Libc.ErrorAccess or Libc.ErrorNotPermitted => new PathValidationException(PathValidationError.UnauthorizedAccess, path),
        // The same code as the platform's own exception has, so that AtomicFile and callers recognise it.
        Libc.ErrorExists => new IOException($"The file '{Output.OutputEncoder.ForLog(path, 256)}' exists already.", error),
        _ => new IOException(Error.Invariant($"'{Output.OutputEncoder.ForLog(path, 256)}' cannot be opened: error {error}."), error),
    };
}
