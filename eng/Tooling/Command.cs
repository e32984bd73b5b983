using System.Diagnostics;
using System.Text;

namespace SecurityToolchain.Tooling;

/// <summary>Runs a program, passes its lines on as they come and keeps them.</summary>
public sealed class Command
{
    private readonly string _program;
    private readonly string[] _arguments;

    /// <summary>A program with arguments; no shell is involved, so nothing needs quoting.</summary>
    public Command(string program, params string[] arguments)
    {
        _program = program;
        _arguments = arguments;
    }

    /// <summary>The folder to run in; the current one by default.</summary>
    public string WorkingFolder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Environment variables to add; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Called with each line of either stream, from any thread.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>After this time the process tree is ended; 20 minutes by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>The <c>dotnet</c> that runs this program, else the one on the path.</summary>
    public static Command Dotnet(params string[] arguments) => new(DotnetPath, arguments);

    /// <summary>The same command in another folder, with a listener.</summary>
    public Command With(string workingFolder, Action<string>? onLine) =>
        new(_program, _arguments) { WorkingFolder = workingFolder, Variables = Variables, OnLine = onLine, Timeout = Timeout };

    /// <summary>The program file to start <c>dotnet</c> with.</summary>
    public static string DotnetPath => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Runs it to the end.</summary>
    public async Task<CommandResult> RunAsync()
    {
        var start = new ProcessStartInfo(_program, _arguments)
        {
            WorkingDirectory = WorkingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Prepare(start);

        var output = new StringBuilder();
        var clock = Stopwatch.StartNew();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var limit = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Take($"{_program} was ended after {Timeout.TotalMinutes} minutes.");
            return new CommandResult(CommandResult.TimedOut, output.ToString(), clock.Elapsed);
        }

        return new CommandResult(process.ExitCode, output.ToString(), clock.Elapsed);

        void Take(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.AppendLine(line);
            OnLine?.Invoke(line);
        }
    }

    private void Prepare(ProcessStartInfo start)
    {
        // A build server would outlive the command and keep files of the working tree open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // 'dotnet run' tells its child where its own MSBuild lies; a nested build of another project must find it afresh.
        foreach (string inherited in new[] { "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly" })
            start.Environment.Remove(inherited);
        foreach ((string name, string? value) in Variables)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
    }
}
