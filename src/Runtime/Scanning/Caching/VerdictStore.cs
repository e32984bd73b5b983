using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// Stands between the engine and a cache. A file is read once: the bytes that were hashed for the key are the bytes that are scanned on a
/// miss. Files that are not held whole are not cached.
/// </summary>
internal sealed class VerdictStore
{
    private readonly IVerdictCache _cache;
    private readonly ScanLimits _limits;
    private readonly string _configuration;

    public VerdictStore(IVerdictCache cache, ScanOptions options, ImmutableArray<IContentAnalyzer> analyzers)
    {
        _cache = cache;
        _limits = options.Limits;
        // The module ids change with every build, so a changed rule can never be answered from an old verdict.
        _configuration = string.Create(
            CultureInfo.InvariantCulture,
            $"{ScanEngine.Version} {typeof(ScanEngine).Module.ModuleVersionId} {typeof(SecretScanner).Module.ModuleVersionId} {string.Join(',', analyzers.Select(static a => $"{a.Name}:{a.Version}:{a.GetType().Module.ModuleVersionId}"))} {options.Limits} {options.Digests} {options.SimilarityDigest} {options.KeepStrings} {options.KeepMembers}");
    }

    public FileScanResult Scan(FileScan scan, OpenedFile file, string name)
    {
        if (file.Length > _limits.MaxInMemorySize)
            return scan.Run(file);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)file.Length + 1);
        try
        {
            int length = ReadAll(file, buffer);
            // A file that changes while it is read takes the way that reports it.
            if (length != file.Length)
                return scan.Run(file);
            ReadOnlyMemory<byte> content = buffer.AsMemory(0, length);
            CacheKey key = CacheKey.Create(Blake3.HashData(content.Span), _configuration, name);
            if (_cache.TryRead(key) is { } stored && ResultSerializer.TryRead(stored) is { } known && known.Path == name && known.Size == length)
                return known;
            FileScanResult result = scan.Run(content);
            if (ResultSerializer.TryWrite(result) is { } bytes)
                _cache.Write(key, bytes);
            return result;
        }
        catch (IOException)
        {
            return scan.Run(file);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int ReadAll(OpenedFile file, byte[] buffer)
    {
        int length = 0, limit = (int)file.Length + 1;
        while (length < limit)
        {
            int read = RandomAccess.Read(file.Handle!, buffer.AsSpan(length, limit - length), length);
            if (read == 0)
                break;
            length += read;
        }

        return length;
    }
}
