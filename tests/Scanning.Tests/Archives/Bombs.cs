using System.IO.Compression;
using SecurityToolchain.Scanning.Archives;

namespace SecurityToolchain.Scanning.Tests.Archives;

/// <summary>Small files that become large, or many, or endless. The benchmarks use them too.</summary>
internal static class Bombs
{
    /// <summary>Each kind with the name and the content of its file.</summary>
    public static IReadOnlyDictionary<string, Func<(string Name, byte[] Content)>> Kinds { get; } = new Dictionary<string, Func<(string Name, byte[] Content)>>
    {
        ["deflate ratio in zip"] = () => ("a.zip", new ZipBuilder().Add("z", [], stored: Zeros(64 << 20)).Build()),
        ["zip that announces little"] = () => ("a.zip", new ZipBuilder().Add("z", [], stored: Zeros(64 << 20), length: 10).Build()),
        ["zip that announces 4 GiB"] = () => ("a.zip", new ZipBuilder().Add("z", [], stored: Zeros(64 << 20), length: uint.MaxValue - 1).Build()),
        ["gzip of zeros"] = () => ("a.gz", Gzip(new byte[128 << 20])),
        ["gzip with many members"] = () => ("a.gz", [.. Enumerable.Repeat(Gzip(new byte[4 << 20]), 40).SelectMany(static b => b)]),
        ["zlib of zeros"] = () => ("a.zz", Zlib(new byte[128 << 20])),
        ["brotli of zeros"] = () => ("a.br", Brotli(new byte[128 << 20])),
        ["tar.gz with a large member"] = () => ("a.tgz", Gzip(new TarBuilder().Add("z", new byte[64 << 20]).Build())),
        ["nested zip, ten levels"] = () => ("a.zip", Nested(10)),
        ["zip in zip in zip, 16 each"] = () => ("a.zip", Tree(4, 16)),
        ["overlapping members (one kernel)"] = () => ("a.zip", Overlap(1000)),
        ["overlapping members (quoted headers)"] = () => ("a.zip", Quoted(200)),
        ["more members than the limit"] = () => ("a.zip", Many(100_001)),
        ["tar with more members than the limit"] = () => ("a.tar", ManyTar(50_001)),
        ["member over the directory"] = () => ("a.zip", IntoDirectory()),
    };

    /// <summary>The limits to scan a kind with: one of them counts to a smaller number, so that the file stays small.</summary>
    public static ScanLimits LimitsFor(string kind) => new() { MaxArchiveEntries = kind.StartsWith("tar with", StringComparison.Ordinal) ? 50_000 : 100_000 };

    private static byte[] Zeros(int length) => ZipBuilder.Deflate(new byte[length]);

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    private static byte[] Zlib(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return stream.ToArray();
    }

    private static byte[] Brotli(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var brotli = new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(content);
        return stream.ToArray();
    }

    private static byte[] Nested(int levels)
    {
        byte[] content = "the end"u8.ToArray();
        for (int i = 0; i < levels; i++)
            content = new ZipBuilder().Add(i == 0 ? "end.txt" : "next.zip", content).Build();
        return content;
    }

    private static byte[] Tree(int levels, int width)
    {
        byte[] content = new byte[16 << 20];
        for (int i = 0; i < levels; i++)
        {
            ZipBuilder builder = new();
            for (int j = 0; j < width; j++)
                builder.Add($"f{j}" + (i == 0 ? ".bin" : ".zip"), content);
            content = builder.Build();
        }

        return content;
    }

    // All directory records point to the same bytes.
    private static byte[] Overlap(int count)
    {
        byte[] stored = Zeros(1 << 20);
        uint crc = Crc32.Compute(new byte[1 << 20]);
        ZipBuilder builder = new();
        builder.WriteLocal("f0", stored, 1 << 20, 0, 8, crc);
        for (int i = 0; i < count; i++)
            builder.Reference("f" + i, 0, stored.Length, 1 << 20, 0, 8, 0, crc);
        return builder.Build();
    }

    // Each member's stored bytes contain the headers of all later members.
    private static byte[] Quoted(int count)
    {
        byte[] stored = Zeros(1 << 20);
        ZipBuilder builder = new();
        long[] offsets = new long[count];
        long at = 0;
        for (int i = 0; i < count; i++)
        {
            offsets[i] = at;
            builder.WriteLocal($"f{i:D3}", i == count - 1 ? stored : [], 1 << 20, 0, 8, 0);
            at += 34;
        }

        for (int i = 0; i < count; i++)
            builder.Reference($"f{i:D3}", offsets[i], at + stored.Length - offsets[i] - 34, 1 << 20, 0, 8, 0, 0);
        return builder.Build();
    }

    private static byte[] Many(int count)
    {
        ZipBuilder builder = new();
        for (int i = 0; i < count; i++)
            builder.Add("f" + i, [], deflate: false);
        return builder.Build();
    }

    private static byte[] ManyTar(int count)
    {
        TarBuilder builder = new();
        for (int i = 0; i < count; i++)
            builder.Add("f" + i, [], '5');
        return builder.Build();
    }

    private static byte[] IntoDirectory()
    {
        ZipBuilder builder = new();
        builder.WriteLocal("a", [1, 2, 3], 3, 0, 0, 0);
        builder.Reference("a", 0, 60, 60, 0, 0, 0, 0);
        return builder.Build();
    }
}
