using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text.Json;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Symbols;

/// <summary>The documents and the source link of portable debug data, in a file of its own or embedded in an assembly.</summary>
/// <remarks>Reference: the Portable PDB format specification of .NET.</remarks>
public sealed class PortableSymbols
{
    private const int EmbeddedType = 17;
    private const uint EmbeddedSignature = 0x4244504D;
    private const int MaxLinkLength = 1 << 20;

    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid Sha256 = new("8829d00f-11b8-4213-878b-770e8597ac16"), Sha1 = new("ff1816ec-aa5e-4d10-87f7-6f4963833460"), Md5 = new("406ea660-64cf-4c82-b6f0-42d48172a799");

    private PortableSymbols(ImmutableArray<SourceDocument> documents, ImmutableArray<(string Prefix, string Url)> links)
    {
        Documents = documents;
        SourceLinks = links;
    }

    /// <summary>The source files.</summary>
    public ImmutableArray<SourceDocument> Documents { get; }

    /// <summary>The rows of the source link: the prefix of paths (ending with <c>*</c>, or a whole path), and the URL.</summary>
    public ImmutableArray<(string Prefix, string Url)> SourceLinks { get; }

    /// <summary>Finds and inflates debug data that is embedded in an assembly.</summary>
    /// <param name="bytes">The whole assembly.</param>
    /// <param name="image">The parsed image.</param>
    /// <param name="maxLength">The most bytes to inflate.</param>
    /// <returns>The debug data, or null when there is none.</returns>
    /// <exception cref="InvalidDataException">It is malformed or larger.</exception>
    public static byte[]? TryExtract(ReadOnlyMemory<byte> bytes, PeImage image, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Directories.Length <= 6 || image.Directories[6] is not { Address: > 0 } directory)
            return null;
        var reader = new SpanReader(bytes.Span);
        long table = image.ToOffset(directory.Address);
        for (int i = 0; table >= 0 && i < Math.Min(directory.Size / 28, 64); i++)
        {
            long row = table + (28L * i);
            uint length = reader.UInt32(row + 16), offset = reader.UInt32(row + 24);
            if (reader.UInt32(row + 12) != EmbeddedType || !reader.Contains(offset, length) || length < 8 || reader.UInt32(offset) != EmbeddedSignature)
                continue;
            long size = reader.UInt32(offset + 4L);
            if (size > maxLength || size > (length * 1032L) + 1032)
                throw new InvalidDataException($"The embedded debug data announces {size} bytes; {maxLength} are read.");
            return Inflate(bytes.Slice((int)offset + 8, (int)length - 8), (int)size);
        }

        return null;
    }

    /// <summary>Reads portable debug data.</summary>
    /// <param name="bytes">The debug data.</param>
    /// <param name="maxDocuments">The most documents.</param>
    /// <param name="maxSourceLength">The most bytes of all embedded sources together.</param>
    /// <exception cref="InvalidDataException">It is malformed, or a limit is reached.</exception>
    public static unsafe PortableSymbols Read(ReadOnlyMemory<byte> bytes, int maxDocuments, int maxSourceLength)
    {
        using System.Buffers.MemoryHandle pin = bytes.Pin();
        try
        {
            var metadata = new MetadataReader((byte*)pin.Pointer, bytes.Length, MetadataReaderOptions.None);
            if (metadata.Documents.Count > maxDocuments)
                throw new InvalidDataException($"The debug data names {metadata.Documents.Count} documents; {maxDocuments} are read.");
            var documents = ImmutableArray.CreateBuilder<SourceDocument>(metadata.Documents.Count);
            int room = maxSourceLength;
            foreach (DocumentHandle handle in metadata.Documents)
            {
                Document document = metadata.GetDocument(handle);
                Guid algorithm = document.HashAlgorithm.IsNil ? Guid.Empty : metadata.GetGuid(document.HashAlgorithm);
                string name = algorithm == Sha256 ? "sha256" : algorithm == Sha1 ? "sha1" : algorithm == Md5 ? "md5" : "";
                byte[] hash = document.Hash.IsNil ? [] : metadata.GetBlobBytes(document.Hash);
                ImmutableArray<byte> source = ReadSource(metadata, handle, ref room);
                documents.Add(new SourceDocument(metadata.GetString(document.Name), name, [.. hash], source));
            }

            return new PortableSymbols(documents.ToImmutable(), ReadLinks(metadata));
        }
        catch (Exception exception) when (exception is BadImageFormatException or ArgumentException or OverflowException or InvalidOperationException or IndexOutOfRangeException or InvalidCastException)
        {
            throw new InvalidDataException($"The debug data is malformed ({exception.GetType().Name}).", exception);
        }
    }

    private static ImmutableArray<byte> ReadSource(MetadataReader metadata, DocumentHandle document, ref int room)
    {
        foreach (CustomDebugInformationHandle handle in metadata.GetCustomDebugInformation(document))
        {
            CustomDebugInformation information = metadata.GetCustomDebugInformation(handle);
            if (metadata.GetGuid(information.Kind) != EmbeddedSourceKind)
                continue;
            byte[] blob = metadata.GetBlobBytes(information.Value);
            if (blob.Length < 4)
                throw new InvalidDataException("An embedded source is cut off.");
            int size = BitConverter.ToInt32(blob);
            if (size < 0 || Math.Max(size, blob.Length - 4) > room)
                throw new InvalidDataException($"The embedded sources are larger than {room} bytes.");
            byte[] source = size == 0 ? blob[4..] : Inflate(blob.AsMemory(4), size);
            room -= source.Length;
            return [.. source];
        }

        return default;
    }

    private static ImmutableArray<(string Prefix, string Url)> ReadLinks(MetadataReader metadata)
    {
        foreach (CustomDebugInformationHandle handle in metadata.GetCustomDebugInformation(System.Reflection.Metadata.EntityHandle.ModuleDefinition))
        {
            CustomDebugInformation information = metadata.GetCustomDebugInformation(handle);
            if (metadata.GetGuid(information.Kind) != SourceLinkKind || metadata.GetBlobReader(information.Value).Length > MaxLinkLength)
                continue;
            try
            {
                using JsonDocument json = JsonDocument.Parse(metadata.GetBlobBytes(information.Value), new JsonDocumentOptions { MaxDepth = 8 });
                if (json.RootElement.TryGetProperty("documents", out JsonElement rows) && rows.ValueKind == JsonValueKind.Object)
                    return [.. rows.EnumerateObject().Where(static row => row.Value.ValueKind == JsonValueKind.String).Select(static row => (row.Name, row.Value.GetString()!))];
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException("The source link is no JSON.", exception);
            }
        }

        return [];
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> packed, int size)
    {
        if (size > (packed.Length * 1032L) + 1032)
            throw new InvalidDataException("The debug data announces more bytes than it can hold.");
        using var stream = new DeflateStream(new Pipeline.MemoryViewStream(packed), CompressionMode.Decompress);
        byte[] content = new byte[size];
        return stream.ReadAtLeast(content, size, throwOnEndOfStream: false) == size && stream.ReadByte() < 0
            ? content
            : throw new InvalidDataException("The debug data does not have the length that it announces.");
    }
}
