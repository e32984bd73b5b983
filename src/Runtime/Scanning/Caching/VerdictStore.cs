using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// Stands between the engine and a cache. Verdicts belong to contents. The digest of a content is either computed (the bytes that were
/// hashed are the bytes that are scanned on a miss), or taken from the index when the file system says that the file is the one that was
/// read before and was not changed since.
/// </summary>
internal sealed class VerdictStore
{
    private readonly IVerdictCache _cache;
    private readonly IContentIndex? _index;
    private readonly ScanOptions _options;
    private readonly string _configuration;

    public VerdictStore(IVerdictCache cache, ScanOptions options, ImmutableArray<IContentAnalyzer> analyzers)
    {
        _cache = cache;
        _index = cache as IContentIndex;
        _options = options;
        // The module ids change with every build, so a changed rule can never be answered from an old verdict.
        string configuration = string.Create(
            CultureInfo.InvariantCulture,
            $"{ScanEngine.Version} {typeof(ScanEngine).Module.ModuleVersionId} {typeof(SecretScanner).Module.ModuleVersionId} {string.Join(',', analyzers.Select(static a => $"{a.Name}:{a.Version}:{a.GetType().Module.ModuleVersionId}"))} {options.Limits} {options.Digests} {options.SimilarityDigest} {options.KeepStrings} {options.KeepMembers}");
        _configuration = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(configuration)));
    }

    public FileScanResult Scan(FileScan scan, OpenedFile file, string name)
    {
        FileIdentity? identity = _index is null ? null : file.Identity;
        if (identity is { } id && !_options.VerifyContent && _index!.TryGetContent(id) is { } content && Find(content, name, file.Length) is { } unread)
            return unread;
        // Only what was settled before the first byte was read may be remembered.
        if (identity is { } known && !known.IsSettled(_options.TimeProvider.GetUtcNow()))
            identity = null;
        return file.Length > _options.Limits.MaxInMemorySize ? ScanLarge(scan, file, name, identity) : ScanWhole(scan, file, name, identity);
    }

    private FileScanResult ScanWhole(FileScan scan, OpenedFile file, string name, FileIdentity? identity)
    {
        using IMemoryOwner<byte> buffer = scan.Memory.Rent((int)file.Length + 1);
        int length;
        try
        {
            length = ReadAll(file, buffer.Memory.Span);
        }
        catch (IOException)
        {
            length = -1;
        }

        // A file that changes while it is read takes the way that reports it.
        if (length != file.Length)
        {
            buffer.Dispose();
            return scan.Run(file);
        }

        ReadOnlyMemory<byte> content = buffer.Memory[..length];
        byte[] digest = Blake3.HashData(content.Span);
        Remember(file, identity, digest);
        if (Find(digest, name, length) is { } found)
            return found;
        FileScanResult result = scan.RunHeld(content);
        Store(result, digest, name);
        return result;
    }

    // Too large to be held: the digest is computed while the scan reads. A file that is not known by its identity is looked up by a read of its own.
    private FileScanResult ScanLarge(FileScan scan, OpenedFile file, string name, FileIdentity? identity)
    {
        if (_options.VerifyContent && HashAll(file) is { } digest && Find(digest, name, file.Length) is { } found)
        {
            Remember(file, identity, digest);
            return found;
        }

        FileScanResult result = scan.Run(file, withContentDigest: true);
        if (scan.ContentDigest is { } scanned && result.Size == file.Length)
        {
            Remember(file, identity, scanned);
            Store(result, scanned, name);
        }

        return result;
    }

    private FileScanResult? Find(byte[] digest, string name, long length) =>
        _cache.TryRead(Key(digest, name)) is { } stored && ResultReader.TryRead(stored, name) is { } known && known.Path == name && known.Size == length ? known : null;

    private void Store(FileScanResult result, byte[] digest, string name)
    {
        if (ResultWriter.TryWrite(result) is { } bytes)
            _cache.Write(Key(digest, name), bytes);
    }

    // A file that was written to while it was read has another identity now.
    private void Remember(OpenedFile file, FileIdentity? identity, byte[] digest)
    {
        if (identity is { } before && UnixFile.IdentityOf(file.Handle!) == before)
            _index!.AddContent(before, digest);
    }

    private CacheKey Key(byte[] digest, string name) => CacheKey.Create(digest, _configuration, name);

    private static byte[]? HashAll(OpenedFile file)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(DigestPipeline.BlockSize);
        try
        {
            var hash = new Blake3();
            long length = 0;
            int read;
            while ((read = RandomAccess.Read(file.Handle!, block, length)) > 0)
            {
                hash.Append(block.AsSpan(0, read));
                length += read;
            }

            byte[] digest = new byte[Blake3.HashSizeInBytes];
            hash.Finish(digest);
            return length == file.Length ? digest : null;
        }
        catch (IOException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static int ReadAll(OpenedFile file, Span<byte> buffer)
    {
        int length = 0;
        while (length < buffer.Length)
        {
            int read = RandomAccess.Read(file.Handle!, buffer[length..], length);
            if (read == 0)
                break;
            length += read;
        }

        return length;
    }
}
