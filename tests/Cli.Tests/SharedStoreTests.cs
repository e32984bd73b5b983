using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using SecurityToolchain.Scanning.Tests.Caching;
using Xunit;

namespace SecurityToolchain.Cli.Tests;

/// <summary>Several processes of the tool, one PostgreSQL server, one key file: what a fleet does, on one machine.</summary>
public sealed class SharedStoreTests
{
    private const int Shards = 3;

    // Written in two parts, so that a scan of this file does not report it.
    private const string Secret = "Tr0ub4dor" + "Correct9Horse";

    private static async Task<(int Code, string Errors)> Run(string directory, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet", [typeof(ExitCodes).Assembly.Location, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + errors);
    }

    private static void FillTree(TemporaryFolder folder)
    {
        for (int i = 0; i < 24; i++)
            folder.Write($"tree/{i % 4}/file{i}.txt", "text " + (i / 2));
        folder.Write("tree/appsettings.json", "{ \"ConnectionStrings\": { \"Main\": \"Server=db;User Id=sa;Password=" + Secret + "\" } }");
        folder.Write("tree/invoice.pdf.exe", "text");
        File.Copy(typeof(SharedStoreTests).Assembly.Location, folder.PathOf("tree/self.dll"));
    }

    private static long Query(PostgreSqlServer server, string text)
    {
        using var source = NpgsqlDataSource.Create(server.ConnectionString);
        using NpgsqlCommand command = source.CreateCommand(text);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Scan_ShardsInProcessesOverOneStore_MergeToTheBytesOfOneRun()
    {
        using PostgreSqlServer? server = PostgreSqlServer.TryStart(out string reason);
        Assert.SkipWhen(server is null, reason);
        using var folder = new TemporaryFolder();
        FillTree(folder);
        string tree = folder.PathOf("tree"), key = folder.Write("key", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead);
        var variables = new Dictionary<string, string> { ["PGPASSWORD"] = server.Password };

        async Task<byte[]> ScanInShards(string name)
        {
            string[] reports = [.. Enumerable.Range(0, Shards).Select(i => folder.PathOf($"{name}{i}.sarif"))];
            (int Code, string Errors)[] ends = await Task.WhenAll(Enumerable.Range(0, Shards).Select(i =>
                Run(tree, variables, "scan", ".", "--shard", $"{i}/{Shards}", "--cache", server.Address, "--cache-key", key, "--fail-on", "never", "--quiet", "-o", reports[i])));
            Assert.All(ends, static end => Assert.Equal((0, ""), end));
            Assert.Equal(0, (await Run(tree, variables, ["merge", .. reports, "-o", folder.PathOf(name + ".sarif")])).Code);
            return await File.ReadAllBytesAsync(folder.PathOf(name + ".sarif"), TestContext.Current.CancellationToken);
        }

        Assert.Equal((0, ""), await Run(tree, variables, "scan", ".", "--fail-on", "never", "--quiet", "-o", folder.PathOf("whole.sarif")));
        byte[] whole = await File.ReadAllBytesAsync(folder.PathOf("whole.sarif"), TestContext.Current.CancellationToken);
        Assert.Contains("STC4003", System.Text.Encoding.UTF8.GetString(whole), StringComparison.Ordinal);
        Assert.Equal(whole, await ScanInShards("first"));

        // The second fleet finds every verdict of the first: nothing is written again.
        long files = Directory.GetFiles(tree, "*", SearchOption.AllDirectories).Length;
        Assert.Equal(files, Query(server, "select count(*) from sectool_verdict"));
        Query(server, "select 1; update sectool_verdict set written = '2001-01-01'");
        Assert.Equal(whole, await ScanInShards("second"));
        Assert.Equal(files, Query(server, "select count(*) from sectool_verdict where written = '2001-01-01'"));

        // A store that somebody spoiled costs time, and is reported; the report stays the same.
        Query(server, "select 1; update sectool_verdict set value = '\\x00'");
        (int code, string errors) = await Run(tree, variables, "scan", ".", "--cache", server.Address, "--cache-key", key, "--fail-on", "never", "--quiet", "-o", folder.PathOf("spoiled.sarif"));
        Assert.Equal((0, $"sectool scan: {files} damaged entries of the cache were dropped.\n"), (code, errors.ReplaceLineEndings("\n")));
        Assert.Equal(whole, await File.ReadAllBytesAsync(folder.PathOf("spoiled.sarif"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--cache", "postgres://u:sesame@127.0.0.1/v")]
    [InlineData("--cache", "postgres://u@127.0.0.1:1/v?connect_timeout=1", "--cache-key", "KEY")]
    [InlineData("--cache", "postgres://u@127.0.0.1/v", "--cache-key", "missing")]
    [InlineData("--cache", "directory", "--cache-key", "KEY")]
    public async Task Scan_StoreThatCannotBeUsed_ExitsWithThreeAndNoPassword(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string key = folder.Write("key", new string('a', 64));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead);
        (int code, string errors) = await Run(folder.Root, new Dictionary<string, string>(), ["scan", ".", .. arguments.Select(a => a == "KEY" ? key : a)]);
        Assert.Equal(3, code);
        Assert.DoesNotContain("sesame", errors, StringComparison.Ordinal);
        Assert.StartsWith("sectool scan: ", errors, StringComparison.Ordinal);
    }
}
