using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>Secrets over a tree of text, beside ripgrep that counts lines with as many fixed keywords in the same files.</summary>
internal static class SecretBars
{
    private const long MaxTextBytes = 160L << 20;

    private static readonly string[] TextExtensions = [".cs", ".md", ".json", ".xml", ".props", ".targets", ".txt", ".yml", ".config", ".js", ".resx", ".csproj"];

    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        string temporary = Directory.CreateTempSubdirectory("stc-text-").FullName;
        try
        {
            string folder = settings.TextFolder ?? Collect(temporary);
            string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            double megabytes = files.Sum(static f => new FileInfo(f).Length) * 1e-6;
            int found = 0;
            Measurement own = Measurement.Best(settings.Rounds, () =>
            {
                found = 0;
                foreach (string file in files)
                    found += SecretScanner.Default.ScanUtf8(File.ReadAllBytes(file), SecretContext.Text).Count;
            });
            table.Note($"secrets in {files.Length} text files, {megabytes:F0} MB, {found} matches", megabytes / own.Processor, "MB/s");
            string[] keywords = [.. SecretScanner.Keywords.Select(static k => k.Text).Distinct(StringComparer.Ordinal)];
            if (Peer.Find("rg") is not { } ripgrep)
            {
                table.Skip("ripgrep with as many fixed keywords", "rg is not installed");
                return;
            }

            string list = Path.Combine(Path.GetTempPath(), "stc-keywords-" + Path.GetRandomFileName());
            File.WriteAllLines(list, keywords);
            try
            {
                Measurement plain = Peer.Run(settings.Rounds, ripgrep, "--no-config", "-uu", "-a", "-j1", "-F", "-c", "-f", list, folder);
                Measurement folded = Peer.Run(settings.Rounds, ripgrep, "--no-config", "-uu", "-a", "-j1", "-i", "-F", "-c", "-f", list, folder);
                table.Note($"ripgrep, {keywords.Length} fixed keywords, with case", megabytes / plain.Processor, "MB/s");
                table.Note($"ripgrep, {keywords.Length} fixed keywords, without case", megabytes / folded.Processor, "MB/s");
                table.Note("secrets / ripgrep without case, time", own.Processor / folded.Processor, "x");
                table.Bar("secrets / ripgrep with case, time", own.Processor / plain.Processor, "x", 2, atLeast: false);
            }
            finally
            {
                File.Delete(list);
            }
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    // The sources around this project, and the documentation files of restored packages.
    private static string Collect(string target)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "SecurityToolchain.sln")))
            root = Path.GetDirectoryName(root);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        long bytes = 0;
        int number = 0;
        foreach (string? folder in (string?[])[root, packages])
        {
            if (folder is null || !Directory.Exists(folder))
                continue;
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (bytes > MaxTextBytes || !TextExtensions.Contains(Path.GetExtension(file)) || file.Contains("/bin/", StringComparison.Ordinal) || file.Contains("/obj/", StringComparison.Ordinal))
                    continue;
                bytes += new FileInfo(file).Length;
                string part = Path.Combine(target, (number / 500).ToString("D3", null));
                Directory.CreateDirectory(part);
                File.Copy(file, Path.Combine(part, (number++).ToString("D6", null) + Path.GetExtension(file)));
            }
        }

        return target;
    }
}
