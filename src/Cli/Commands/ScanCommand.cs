using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using SecurityToolchain.Cli.Scanning;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool scan</c>: scans files, directories, archives and packages.</summary>
internal static class ScanCommand
{
    private static readonly string[] DefaultExclusions = [".git", ".hg", ".svn", "node_modules"];

    public static Command Create()
    {
        var paths = new Argument<string[]>("paths") { Description = "Files, directories or patterns (*, ?, **); '-' reads a list from standard input. Default: the current directory.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<ReportFormat>("--format", "-f") { Description = "The form of the report." };
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var output = new Option<string[]>("--output", "-o") { Description = "Write the report to a file; the extension .sarif, .json or .html chooses the form. May be given several times.", AllowMultipleArgumentsPerToken = false };
        var failOn = new Option<string?>("--fail-on") { Description = "The severity from which findings make the exit code 1: error, warning, note or never. Default: error." };
        failOn.AcceptOnlyFromAmong("error", "warning", "note", "never");
        var allowIncomplete = new Option<bool>("--allow-incomplete") { Description = "Exit with 0 although something was not looked at." };
        var baseline = new Option<string?>("--baseline") { Description = "A SARIF report; findings in it do not count." };
        var exclude = new Option<string[]>("--exclude") { Description = "Names of directories that are not entered, beside .git, .hg, .svn and node_modules." };
        var everything = new Option<bool>("--no-default-excludes") { Description = "Enter .git, .hg, .svn and node_modules too." };
        var threads = new Option<int>("--threads") { Description = "The number of threads; 0 takes one for each processor." };
        var shard = new Option<string?>("--shard") { Description = "Take part i of n only, as i/n with i from 0 to n-1. Equal contents fall into one part." };
        var limit = new Option<string[]>("--limit") { Description = "Set a limit as name=value, for example MaxFileSize=1000000." };
        var configuration = new Option<string?>("--config") { Description = $"The configuration file. Default: {ScanConfiguration.DefaultFileName} when it exists." };
        var digests = new Option<string[]>("--digest") { Description = "Digests to compute: md5, sha1, sha256, sha384, sha512, sha3-256, sha3-384, sha3-512, blake3." };
        var cache = new Option<string?>("--cache") { Description = "Remember verdicts of unchanged files; without a value in the user's local application data, or in a directory, or in a database as postgres://user@host/database.", Arity = ArgumentArity.ZeroOrOne };
        var cacheKey = new Option<string?>("--cache-key") { Description = "The file with the key that all machines share, for --cache postgres://...: 32 bytes or 64 hexadecimal digits. Default: the user's own key." };
        var history = new Option<bool>("--git-history") { Description = "Search the history of the git repositories that the paths belong to for secrets too: every version of every text file, and commit messages." };
        var verify = new Option<bool>("--verify-content") { Description = "With --cache: read and hash every file, also those whose identity and times say that they are unchanged." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print findings only when the exit code is not 0, and no progress." };
        var noColour = new Option<bool>("--no-color") { Description = "No colours." };
        var notes = new Option<bool>("--notes") { Description = "Show notes on the console too; files always have them." };
        var command = new Command("scan", "Scan files, directories, archives and packages.")
        {
            paths, format, json, output, failOn, allowIncomplete, baseline, exclude, everything, threads, shard, limit, configuration, digests, cache, cacheKey, verify, history, quiet, noColour, notes,
        };
        command.SetAction(async (result, cancellation) =>
        {
            TextWriter writer = result.InvocationConfiguration.Output, errors = result.InvocationConfiguration.Error;
            try
            {
                ScanConfiguration file = ScanConfiguration.Read(result.GetValue(configuration));
                string[] given = result.GetValue(paths) is { Length: > 0 } some ? some : ["."];
                ScanOptions options = Options(file, result.GetValue(limit) ?? [], result.GetValue(shard), result.GetValue(threads), result.GetValue(digests) ?? []) with
                {
                    ExcludedDirectories = [.. result.GetValue(everything) ? [] : DefaultExclusions, .. file.Exclude, .. result.GetValue(exclude) ?? []],
                };
                Baseline? known = ReadBaseline(result.GetValue(baseline));
                FindingSeverity? threshold = Threshold(result.GetValue(failOn) ?? file.FailOn ?? "error");
                ReportFormat chosen = result.GetValue(json) ? ReportFormat.Json : result.GetValue(format);
                bool silent = result.GetValue(quiet);
                bool terminal = ReferenceEquals(errors, Console.Error) && !Console.IsErrorRedirected && !silent;
                using ProgressView? progress = terminal ? new ProgressView(errors, TimeProvider.System) : null;
                using OpenedCache? verdicts = result.GetResult(cache) is null ? null : OpenedCache.Open(result.GetValue(cache), result.GetValue(cacheKey));
                options = options with { Cache = verdicts?.Cache, VerifyContent = result.GetValue(verify) };
                ScanReport report = await new ScanEngine(options).ScanAsync(Inputs(given), progress, cancellation);
                if (result.GetValue(history))
                    report = await HistoryScan.JoinAsync(report, options, given, progress, cancellation);
                progress?.Dispose();
                report = ReportPolicy.Apply(report, file, known);
                foreach (string problem in verdicts?.Problems() ?? [])
                    await errors.WriteLineAsync("sectool scan: " + problem);
                string title = string.Join(", ", given);
                foreach (string path in result.GetValue(output) ?? [])
                    ReportOutput.WriteFile(path, report, FormatOf(path, chosen), title);
                int code = ReportPolicy.ExitCode(report, threshold, result.GetValue(allowIncomplete));
                bool colours = !result.GetValue(noColour) && Environment.GetEnvironmentVariable("NO_COLOR") is null && ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;
                if (!silent || code != ScanExitCodes.Clean || chosen != ReportFormat.Console)
                    ReportOutput.WriteText(writer, report, chosen, title, colours, result.GetValue(notes));
                return code;
            }
            catch (UsageException exception)
            {
                await errors.WriteLineAsync("sectool scan: " + exception.Message);
                return ScanExitCodes.Usage;
            }
        });
        return command;
    }

    private static ScanOptions Options(ScanConfiguration file, string[] limits, string? shard, int threads, string[] digests)
    {
        ScanLimits all = file.Limits;
        foreach (string text in limits)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UsageException($"'--limit {text}' is not of the form name=value.");
            all = ScanConfiguration.WithLimit(all, text[..equals], text[(equals + 1)..]);
        }

        if (threads < 0)
            throw new UsageException($"'--threads {threads}' is below 0.");
        (int index, int count) = Shard(shard);
        return new ScanOptions { Limits = all, Threads = threads, ShardIndex = index, ShardCount = count, Digests = DigestNames.Parse(digests, DigestAlgorithms.Sha256), KeepMembers = false };
    }

    private static (int Index, int Count) Shard(string? text)
    {
        if (text is null)
            return (0, 1);
        string[] parts = text.Split('/');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 && index < count)
            return (index, count);
        throw new UsageException($"'--shard {text}' is not of the form i/n with i from 0 to n-1.");
    }

    private static IEnumerable<string> Inputs(string[] paths)
    {
        foreach (string path in paths)
        {
            if (path != "-")
            {
                yield return path;
                continue;
            }

            while (Console.In.ReadLine() is { } line)
            {
                if (line.Length > 0)
                    yield return line;
            }
        }
    }

    private static Baseline? ReadBaseline(string? path)
    {
        if (path is null)
            return null;
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Baseline.Read(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException($"The baseline '{path}' cannot be used: {exception.Message}");
        }
    }

    private static FindingSeverity? Threshold(string text) => text switch
    {
        "error" => FindingSeverity.Error,
        "warning" => FindingSeverity.Warning,
        "note" => FindingSeverity.Note,
        "never" => null,
        _ => throw new UsageException($"The threshold '{text}' is none of error, warning, note and never."),
    };

    private static ReportFormat FormatOf(string path, ReportFormat chosen) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".sarif" => ReportFormat.Sarif,
        ".json" => ReportFormat.Json,
        ".html" or ".htm" => ReportFormat.Html,
        _ => chosen,
    };
}
