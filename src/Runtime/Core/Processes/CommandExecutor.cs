using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Processes;

/// <summary>
/// Runs the programs of a policy: by absolute path, with an argument list and no shell, an environment of its own, a deadline for it and
/// its children, and bounded output. All members may be used by several threads at once.
/// </summary>
public sealed class CommandExecutor
{
    private readonly CommandPolicy _policy;
    private readonly TimeProvider _clock;

    /// <summary>Creates an executor.</summary>
    /// <param name="policy">What may be run.</param>
    /// <param name="clock">Measures the deadline; the system's clock if <see langword="null"/>.</param>
    public CommandExecutor(CommandPolicy policy, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="name">Name of the command in the policy.</param>
    /// <param name="arguments">The arguments that the policy does not fix, in order.</param>
    /// <param name="standardInput">Bytes for the program's input; nothing by default.</param>
    /// <param name="cancellationToken">Ends the command; it and its children are killed.</param>
    /// <returns>The exit code, which may be a failure, and the output.</returns>
    /// <exception cref="CommandException">The command is not allowed, an argument is refused, or the command did not run to its end.</exception>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    public async Task<CommandResult> RunAsync(
        string name, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> standardInput = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(arguments);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_policy.Commands.TryGetValue(name, out CommandDefinition? command))
            throw new CommandException(CommandErrorKind.NotAllowed, $"The policy has no command '{Output.OutputEncoder.ForLog(name, 64)}'.");
        ProcessStartInfo start = Prepare(name, command, arguments);
        VerifyExecutable(name, command);
        using var process = new Process { StartInfo = start };
        long started = _clock.GetTimestamp();
        try
        {
            process.Start();
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(CommandErrorKind.ExecutionFailed, $"The command '{name}' could not be started.", cause: error);
        }

        return await SuperviseAsync(name, process, standardInput, started, cancellationToken);
    }

    private async Task<CommandResult> SuperviseAsync(
        string name, Process process, ReadOnlyMemory<byte> standardInput, long started, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_policy.Timeout, _clock);
        using var overflow = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, overflow.Token, cancellationToken);
        var output = new BoundedOutput(_policy.MaxOutputInBytes, _policy.TruncateOutput, overflow);
        var errors = new BoundedOutput(_policy.MaxOutputInBytes, _policy.TruncateOutput, overflow);
        // All three pipes at once: a program that waits for one of them to be emptied must not wait for ever.
        Task pipes = Task.WhenAll(
            output.DrainAsync(process.StandardOutput.BaseStream, stop.Token),
            errors.DrainAsync(process.StandardError.BaseStream, stop.Token),
            FeedAsync(process, standardInput, stop.Token));
        try
        {
            await process.WaitForExitAsync(stop.Token);
            await pipes;
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            await pipes.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw overflow.IsCancellationRequested
                ? new CommandException(CommandErrorKind.OutputLimitExceeded, Error.Invariant($"The command '{name}' wrote more than {_policy.MaxOutputInBytes} bytes and was killed."), errors.Bytes)
                : new CommandException(CommandErrorKind.TimedOut, Error.Invariant($"The command '{name}' took longer than {_policy.Timeout.TotalSeconds} seconds and was killed."), errors.Bytes);
        }
        catch
        {
            Kill(process);
            throw;
        }

        return new CommandResult(process.ExitCode, output.Bytes, errors.Bytes, output.IsTruncated || errors.IsTruncated, _clock.GetElapsedTime(started));
    }

    private ProcessStartInfo Prepare(string name, CommandDefinition command, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(command.ExecutablePath)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _policy.WorkingDirectory,
        };
        start.Environment.Clear();
        foreach ((string variable, string value) in _policy.EnvironmentVariables)
            start.Environment[variable] = value;

        int next = 0;
        bool optionsEnded = false;
        foreach (CommandArgument argument in command.Arguments)
        {
            if (argument.Fixed is { } literal)
            {
                start.ArgumentList.Add(literal);
                continue;
            }

            if (next >= arguments.Count)
                throw new CommandException(CommandErrorKind.InvalidInput, Error.Invariant($"The command '{name}' needs more than {arguments.Count} arguments."));
            string value = arguments[next++];
            if (value is null || value.Length > CommandArgument.MaxLength || value.Contains('\0', StringComparison.Ordinal) || argument.Accept(value) is not { } accepted)
                throw new CommandException(CommandErrorKind.InvalidInput, Error.Invariant($"Argument {next} of the command '{name}' is refused by its schema."));
            if (argument.IsOperand && command.InsertEndOfOptions && !optionsEnded)
            {
                start.ArgumentList.Add("--");
                optionsEnded = true;
            }

            start.ArgumentList.Add(accepted);
        }

        return next == arguments.Count
            ? start
            : throw new CommandException(CommandErrorKind.InvalidInput, Error.Invariant($"The command '{name}' takes {next} arguments; got {arguments.Count}."));
    }

    private static void VerifyExecutable(string name, CommandDefinition command)
    {
        if (command.ExecutableSha256 is null)
            return;
        try
        {
            using var file = new FileStream(command.ExecutablePath, FileMode.Open, FileAccess.Read, FileShare.Read);
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(file, digest);
            if (!ConstantTime.HexEquals(command.ExecutableSha256, Convert.ToHexString(digest)))
                throw new CommandException(CommandErrorKind.ExecutionFailed, $"The program of the command '{name}' is not the one that the policy pins.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(CommandErrorKind.ExecutionFailed, $"The program of the command '{name}' could not be read.", cause: error);
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
        }
        catch (IOException)
        {
            // The program ended or closed its input without reading it all, which is its right.
        }
        finally
        {
            try
            {
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // The same while flushing.
            }
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime.
        }
    }
}
