using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace SecurityToolchain.EndToEnd.Tests.Runtime;

/// <summary>A built web project that runs on a free port of this machine until it is disposed of.</summary>
internal sealed partial class RunningTemplate : IAsyncDisposable
{
    private readonly Process _process;

    private RunningTemplate(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<RunningTemplate> StartAsync(TestWorkspace workspace, string name, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [workspace.PathOf($"{name}/bin/Debug/net10.0/New{name}.dll")])
        {
            WorkingDirectory = workspace.PathOf(name),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        // Elsewhere than in development a project must be published before it finds all of its style sheets.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var process = Process.Start(start)!;
        var output = new StringBuilder();
        process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            output.AppendLine(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                // Read on, so that the pipe never fills.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new RunningTemplate(process, new Uri(match.Groups[1].Value));
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        throw new InvalidOperationException($"{name} did not start:\n{output}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
