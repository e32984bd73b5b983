using System.Diagnostics;
using System.Text;

namespace SecurityToolchain.EndToEnd.Tests;

/// <summary>Runs <c>dotnet</c> and other programs the way a user does: own process, own environment, bounded time.</summary>
public static class DotNetCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs <c>dotnet</c> with the arguments.</summary>
    /// <param name="workingDirectory">The folder to run in.</param>
    /// <param name="environment">Variables to add; null as a value removes one.</param>
    /// <param name="arguments">The arguments, not quoted.</param>
    public static Task<DotNetResult> RunAsync(
        string workingDirectory, IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        RunProgramAsync(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            workingDirectory, environment, arguments);

    /// <summary>Runs any program with the arguments.</summary>
    /// <param name="program">The program.</param>
    /// <param name="workingDirectory">The folder to run in.</param>
    /// <param name="environment">Variables to add; null as a value removes one.</param>
    /// <param name="arguments">The arguments, not quoted.</param>
    public static async Task<DotNetResult> RunProgramAsync(
        string program, string workingDirectory, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        // The test host's own MSBuild variables must not leak into the build under test, and no build server may outlive a test.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                lock (output)
                    output.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timeout = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end within {Limit}:\n{output}");
        }

        lock (output)
            return new DotNetResult(process.ExitCode, output.ToString());
    }
}
