using System.Reflection.Metadata;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;

namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>PE headers, tables, import hash and the CLR header of files in memory, beside the framework's reader and <c>file</c>.</summary>
internal static class HeaderBars
{
    private const int MaxFiles = 600;

    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        string[] paths = [.. Directory.EnumerateFiles(settings.Folder, "*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(MaxFiles)];
        byte[][] files = [.. paths.Select(File.ReadAllBytes)];
        int hashes = 0;
        Measurement own = Measurement.Best(settings.Rounds * 2, () =>
        {
            hashes = 0;
            foreach (byte[] file in files)
            {
                PeImage? image = PeParser.TryParse(file, ScanLimits.Default, out _, out _);
                if (image?.ImportHash is not null || image?.IsManaged == true)
                    hashes++;
            }
        });
        if (hashes == 0)
            throw new InvalidOperationException("No file was parsed.");
        table.Bar("PE and CLR headers with import hash, one core, warm", files.Length / own.Processor, "files/s", 20_000);
        Measurement framework = Measurement.Best(settings.Rounds, () =>
        {
            foreach (byte[] file in files)
            {
                using var reader = new System.Reflection.PortableExecutable.PEReader(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(file));
                if (reader.HasMetadata)
                    _ = reader.GetMetadataReader().AssemblyReferences.Count;
            }
        });
        table.Note("System.Reflection.PortableExecutable, headers only", files.Length / framework.Processor, "files/s");
        if (Peer.Find("file") is { } program)
            table.Note("file --brief", paths.Length / Peer.Run(1, program, ["--brief", .. paths]).Processor, "files/s");
        else
            table.Skip("file --brief", "file is not installed");
    }
}
