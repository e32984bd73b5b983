using System.Diagnostics.CodeAnalysis;
using System.Text;
using SecurityToolchain.Runtime.Interop;

namespace SecurityToolchain.Runtime.Files;

/// <summary>
/// File operations that decide and act in one step, so that nothing can change in between: create only if absent, replace as a whole,
/// open if present. A symbolic link in the place of the file is refused, never followed. Thread safe.
/// </summary>
/// <remarks>
/// New files are readable and writable by their owner only (mode 0600) on Unix; on Windows they inherit the directory's access list.
/// Directories of the path are resolved as usual: keep the file in a directory that only its owner may write to.
/// </remarks>
public static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a file that must not exist, and opens it for writing.</summary>
    /// <param name="path">Path of the new file.</param>
    /// <returns>The open stream; nobody else can open the file for writing meanwhile.</returns>
    /// <exception cref="IOException">A file, directory or symbolic link (dangling ones too) is there already.</exception>
    public static FileStream CreateNew(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // FileMode.CreateNew is O_CREAT | O_EXCL, for which POSIX does not follow a link in the last component.
        return new FileStream(path, CreateOptions(FileOptions.None));
    }

    /// <summary>Creates a file if there is none; that there is one is an expected outcome.</summary>
    /// <param name="path">Path of the new file.</param>
    /// <param name="stream">The open stream, or <see langword="null"/>.</param>
    /// <returns>Whether this call created the file. Of several callers at once exactly one gets <see langword="true"/>.</returns>
    /// <exception cref="IOException">The file cannot be created for another reason.</exception>
    public static bool TryCreateNew(string path, [NotNullWhen(true)] out FileStream? stream)
    {
        try
        {
            stream = CreateNew(path);
            return true;
        }
        catch (IOException error) when (IsAlreadyThere(error))
        {
            stream = null;
            return false;
        }
    }

    /// <summary>Opens a file for reading if there is one; that there is none is an expected outcome.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="stream">The open stream, or <see langword="null"/>.</param>
    /// <returns>Whether the file was there.</returns>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    public static bool TryOpenRead(string path, [NotNullWhen(true)] out FileStream? stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            stream = null;
            return false;
        }
    }

    /// <summary>Reads a text file if there is one; that there is none is an expected outcome.</summary>
    /// <param name="path">Path of the file; UTF-8 unless it starts with another byte order mark.</param>
    /// <param name="contents">The text, or <see langword="null"/>.</param>
    /// <returns>Whether the file was there.</returns>
    /// <exception cref="IOException">The file cannot be read for another reason.</exception>
    public static bool TryReadAllText(string path, [NotNullWhen(true)] out string? contents)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            contents = File.ReadAllText(path);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            contents = null;
            return false;
        }
    }

    /// <summary>Creates a file that must not exist, with the text given, in UTF-8. If writing fails, no file stays behind.</summary>
    /// <param name="path">Path of the new file.</param>
    /// <param name="contents">The text.</param>
    /// <exception cref="IOException">A file, directory or symbolic link is there already, or writing failed.</exception>
    public static void WriteAllText(string path, string contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        WriteAllBytes(path, Encoding.UTF8.GetBytes(contents));
    }

    /// <summary>Creates a file that must not exist, with the bytes given. If writing fails, no file stays behind.</summary>
    /// <param name="path">Path of the new file.</param>
    /// <param name="contents">The bytes.</param>
    /// <exception cref="IOException">A file, directory or symbolic link is there already, or writing failed.</exception>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> contents)
    {
        using FileStream stream = CreateNew(path);
        try
        {
            stream.Write(contents);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Creates a file that must not exist, with the text given, in UTF-8. If writing fails, no file stays behind.</summary>
    /// <param name="path">Path of the new file.</param>
    /// <param name="contents">The text.</param>
    /// <param name="cancellationToken">Ends the work; the file is removed.</param>
    /// <exception cref="IOException">A file, directory or symbolic link is there already, or writing failed.</exception>
    public static Task WriteAllTextAsync(string path, string contents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(contents), cancellationToken);
    }

    /// <summary>Creates a file that must not exist, with the bytes given. If writing fails, no file stays behind.</summary>
    /// <param name="path">Path of the new file.</param>
    /// <param name="contents">The bytes.</param>
    /// <param name="cancellationToken">Ends the work; the file is removed.</param>
    /// <exception cref="IOException">A file, directory or symbolic link is there already, or writing failed.</exception>
    public static async Task WriteAllBytesAsync(string path, ReadOnlyMemory<byte> contents, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        cancellationToken.ThrowIfCancellationRequested();
        var stream = new FileStream(path, CreateOptions(FileOptions.Asynchronous));
        await using (stream)
        {
            try
            {
                await stream.WriteAsync(contents, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                RandomAccess.FlushToDisk(stream.SafeFileHandle);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
    }

    /// <summary>Replaces a file, or creates it, as a whole: a reader or a crash sees the old content or the new, never a part.</summary>
    /// <param name="path">Path of the file. An existing regular file's mode is kept; a new file gets 0600.</param>
    /// <param name="contents">The new bytes.</param>
    /// <exception cref="IOException">A symbolic link or directory is in the place of the file, or writing failed. The old file is untouched.</exception>
    public static void ReplaceAtomically(string path, ReadOnlySpan<byte> contents)
    {
        UnixFileMode mode = CheckReplaceable(path);
        string temporary = TemporaryBeside(path);
        try
        {
            using (var stream = new FileStream(temporary, CreateOptions(FileOptions.None, mode)))
            {
                ApplyMode(stream, mode);
                stream.Write(contents);
                stream.Flush(flushToDisk: true);
            }

#pragma warning disable STC5001 // The rename replaces whatever the name stands for by then, a link included; it follows nothing.
            Commit(temporary, path);
#pragma warning restore STC5001
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Replaces a file, or creates it, as a whole, with the text given in UTF-8.</summary>
    /// <param name="path">Path of the file. An existing regular file's mode is kept; a new file gets 0600.</param>
    /// <param name="contents">The new text.</param>
    /// <exception cref="IOException">A symbolic link or directory is in the place of the file, or writing failed. The old file is untouched.</exception>
    public static void ReplaceAtomically(string path, string contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ReplaceAtomically(path, Encoding.UTF8.GetBytes(contents));
    }

    /// <summary>Replaces a file, or creates it, as a whole, with what the caller writes.</summary>
    /// <param name="path">Path of the file. An existing regular file's mode is kept; a new file gets 0600.</param>
    /// <param name="write">Writes the new content. If it throws, the old file is untouched.</param>
    /// <param name="cancellationToken">Ends the work before the replacement; the old file is untouched.</param>
    /// <exception cref="IOException">A symbolic link or directory is in the place of the file, or writing failed. The old file is untouched.</exception>
    public static async Task ReplaceAtomicallyAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        UnixFileMode mode = CheckReplaceable(path);
        string temporary = TemporaryBeside(path);
        try
        {
            var stream = new FileStream(temporary, CreateOptions(FileOptions.Asynchronous, mode));
            await using (stream)
            {
                ApplyMode(stream, mode);
                await write(stream, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                RandomAccess.FlushToDisk(stream.SafeFileHandle);
            }

            cancellationToken.ThrowIfCancellationRequested();
#pragma warning disable STC5001 // The rename replaces whatever the name stands for by then, a link included; it follows nothing.
            Commit(temporary, path);
#pragma warning restore STC5001
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStreamOptions CreateOptions(FileOptions options, UnixFileMode mode = OwnerOnly)
    {
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, Options = options };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = mode & ~(UnixFileMode.SetUser | UnixFileMode.SetGroup);
        return create;
    }

    /// <summary>The process's umask may have taken bits away from the mode that the old file had.</summary>
    private static void ApplyMode(FileStream stream, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows() && mode != OwnerOnly)
            File.SetUnixFileMode(stream.SafeFileHandle, mode & ~(UnixFileMode.SetUser | UnixFileMode.SetGroup));
    }

    /// <summary>
    /// Refuses a link or a directory early, with a clear message. Safety does not rest on this look: a rename replaces a link that appears
    /// later, it does not follow it.
    /// </summary>
    private static UnixFileMode CheckReplaceable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            throw new IOException($"'{path}' is a symbolic link; it is not replaced.");
        if ((int)file.Attributes == -1)
            return OwnerOnly;
        if (file.Attributes.HasFlag(FileAttributes.Directory))
            throw new IOException($"'{path}' is a directory; it is not replaced.");
        return OperatingSystem.IsWindows() ? OwnerOnly : file.UnixFileMode;
    }

    private static string TemporaryBeside(string path)
    {
        string full = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
    }

    private static void Commit(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        SynchronizeDirectory(Path.GetDirectoryName(temporary)!);
    }

    /// <summary>Makes the new name itself survive a power failure. A file system that cannot (some network ones) has nothing better to offer.</summary>
    private static void SynchronizeDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = Libc.Open(directory, flags: 0);
        if (!handle.IsInvalid)
            _ = Libc.Synchronize(handle);
    }

    private static bool IsAlreadyThere(IOException error)
    {
        const int WindowsFileExists = unchecked((int)0x80070050);
        const int WindowsAlreadyExists = unchecked((int)0x800700B7);
        // Errno 17 (EEXIST) is the same on Linux, macOS and the BSDs; the exception's HResult carries it there.
        return error.HResult is WindowsFileExists or WindowsAlreadyExists or 17;
    }
}
