using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.History;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>Adds the findings in git histories to a report.</summary>
internal static class HistoryScan
{
    /// <summary>Scans the repository of each directory once.</summary>
    /// <exception cref="UsageException">A path is no directory, or belongs to no repository.</exception>
    public static async Task<ScanReport> JoinAsync(ScanReport report, ScanOptions options, IEnumerable<string> paths, IScanProgress? progress, CancellationToken cancellation)
    {
        var scanner = new GitHistoryScanner(options);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
                throw new UsageException($"'--git-history' needs directories; '{path}' is none.");
            try
            {
                if (GitHistoryScanner.FindRepository(path) is { } repository && !done.Add(repository))
                    continue;
                report = report.Join(await scanner.ScanAsync(path, progress, cancellation));
            }
            catch (DirectoryNotFoundException exception)
            {
                throw new UsageException(exception.Message);
            }
        }

        return report;
    }
}
