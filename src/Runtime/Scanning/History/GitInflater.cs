using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.History;

/// <summary>Inflates zlib streams that start somewhere in a file.</summary>
internal static class GitInflater
{
    // Deflate cannot do better than 1032:1; a length that the rest of the file cannot hold is a lie.
    private const long MaxRatio = 1032;

    /// <summary>Inflates exactly the announced number of bytes.</summary>
    public static byte[] Inflate(SafeFileHandle file, long fileLength, long start, long length)
    {
        if (start > fileLength || length > (fileLength - start + 1) * MaxRatio)
            throw new GitFormatException(ScanIssueKind.Malformed, "An object is cut off.");
        try
        {
            using var stream = new ZLibStream(new RangeStream(file, start, fileLength - start), CompressionMode.Decompress);
            byte[] content = new byte[length];
            if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) != content.Length || stream.ReadByte() >= 0)
                throw new GitFormatException(ScanIssueKind.Malformed, "An object does not have the length that its header says.");
            return content;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new GitFormatException(ScanIssueKind.Malformed, "An object cannot be inflated.");
        }
    }

    /// <summary>Inflates the first bytes only.</summary>
    public static byte[] InflateHead(SafeFileHandle file, long fileLength, long start, int maxLength)
    {
        try
        {
            using var stream = new ZLibStream(new RangeStream(file, start, Math.Max(0, fileLength - start)), CompressionMode.Decompress);
            byte[] content = new byte[maxLength];
            int length = stream.ReadAtLeast(content, maxLength, throwOnEndOfStream: false);
            return content[..length];
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new GitFormatException(ScanIssueKind.Malformed, "An object cannot be inflated.");
        }
    }

    private sealed class RangeStream(SafeFileHandle handle, long start, long length) : ViewStream(length)
    {
        protected override int ReadAt(long position, Span<byte> buffer) =>
            RandomAccess.Read(handle, buffer[..(int)Math.Min(buffer.Length, Length - position)], start + position);
    }
}
