using System.Buffers;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>The one read of a file or member.</summary>
/// <param name="scan">The scan that it belongs to: limits, budgets and where problems are reported.</param>
/// <param name="innerPath">The path inside archives; null for the top-level file.</param>
internal sealed class ContentReading(FileScan scan, string? innerPath)
{
    private const int HeadLength = 1 << 20;

    /// <summary>Reads once, from start to end. The content is kept up to the limit; every consumer sees each block once, straight after it was read.</summary>
    public bool ReadAll(Stream stream, long expectedLength, ConsumerSet consumers, ref IMemoryOwner<byte>? buffer, ref long length, out bool whole)
    {
        ScanLimits limits = scan.Options.Limits;
        int blockSize = limits.BlockSize;
        long maxLength = expectedLength >= 0 && innerPath is null ? Math.Min(expectedLength, limits.MaxFileSize) : limits.MaxFileSize;
        IMemoryOwner<byte>? scratch = null;
        var location = new FindingLocation(scan.Path) { InnerPath = innerPath };
        whole = true;
        try
        {
            // One byte more than the length was said to be shows that a file grew, without another read.
            long first = expectedLength is >= 0 and <= int.MaxValue - 1 ? expectedLength + 1 : blockSize;
            if (innerPath is not null)
                first = Math.Min(first, blockSize);
            if (first > limits.MaxInMemorySize + 1L)
            {
                first = Math.Min(HeadLength, limits.MaxInMemorySize);
                whole = false;
            }

            buffer = scan.Memory.Rent((int)Math.Min(first, limits.MaxInMemorySize + 1L));
            while (true)
            {
                scan.CheckTime("reading");
                Memory<byte> target;
                if (length < buffer.Memory.Length)
                {
                    target = buffer.Memory[(int)length..];
                }
                else if (whole && buffer.Memory.Length <= limits.MaxInMemorySize)
                {
                    Grow(ref buffer, limits.MaxInMemorySize + 1);
                    continue;
                }
                else
                {
                    whole = false;
                    scratch ??= scan.Memory.Rent(blockSize);
                    target = scratch.Memory;
                }

                Span<byte> block = target.Span[..Math.Min(target.Length, blockSize)];
                int read = stream.Read(block);
                if (read == 0)
                    break;
                length += read;
                if (length > maxLength && innerPath is null && expectedLength >= 0)
                    return true;
                if (length > limits.MaxFileSize)
                    throw new ScanLimitException(nameof(ScanLimits.MaxFileSize), limits.MaxFileSize, "reading");
                scan.Work.Spend("reading", read);
                consumers.Append(block[..read]);
            }

            if (length > limits.MaxInMemorySize)
                whole = false;
            return true;
        }
        catch (ScanLimitException exception)
        {
            scan.ReportReadLimit(exception, location);
        }
        catch (AllocationLimitExceededException exception)
        {
            scan.ReportIncomplete(new ScanIssue(ScanIssueKind.Limit, $"{exception.Message} The limit is {nameof(ScanLimits.MaxMemoryPerFile)}.", location));
        }
        catch (InvalidDataException exception)
        {
            scan.ReportIncomplete(new ScanIssue(ScanIssueKind.Malformed, $"The content cannot be unpacked: {PrintableText.Escape(exception.Message, 256)}", location));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            scan.ReportIncomplete(new ScanIssue(ScanIssueKind.Unreadable, $"The content cannot be read: {PrintableText.Escape(exception.Message, 256)}", location));
        }
        finally
        {
            scratch?.Dispose();
        }

        whole = false;
        return false;
    }

    private void Grow(ref IMemoryOwner<byte> buffer, int maxLength)
    {
        int size = (int)Math.Min(Math.Max(buffer.Memory.Length * 2L, 64 << 10), maxLength);
        IMemoryOwner<byte> larger = scan.Memory.Rent(size);
        buffer.Memory.CopyTo(larger.Memory);
        buffer.Dispose();
        buffer = larger;
    }
}
