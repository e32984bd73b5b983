using Microsoft.Win32.SafeHandles;

namespace SecurityToolchain.Scanning.Inputs;

/// <summary>An open regular file, or the reason why there is none.</summary>
internal sealed class OpenedFile : IDisposable
{
    private OpenedFile(SafeFileHandle? handle, long length, ScanIssueKind problem, string message)
    {
        Handle = handle;
        Length = length;
        Problem = problem;
        Message = message;
    }

    /// <summary>The handle, or null.</summary>
    public SafeFileHandle? Handle { get; }

    /// <summary>The length in bytes when the file was opened.</summary>
    public long Length { get; }

    /// <summary>What the file system said about the file when it was opened; null where it cannot be trusted.</summary>
    public FileIdentity? Identity { get; private init; }

    /// <summary>The reason when there is no handle.</summary>
    public ScanIssueKind Problem { get; }

    /// <summary>The reason in words.</summary>
    public string Message { get; }

    public static OpenedFile Success(SafeFileHandle handle, long length, FileIdentity? identity = null) => new(handle, length, default, "") { Identity = identity };

    public static OpenedFile Failure(ScanIssueKind problem, string message) => new(null, 0, problem, message);

    public void Dispose() => Handle?.Dispose();
}
