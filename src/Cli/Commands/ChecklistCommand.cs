using System.CommandLine;
using System.Text;
using SecurityToolchain.Cli.Checklist;
using Spectre.Console;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool checklist</c>: the four security checklists, answered by evidence.</summary>
internal static class ChecklistCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "The root of the repository.", DefaultValueFactory = static _ => "." };
        var logs = new Option<string[]>("--log")
        {
            Description = "A SARIF log: of the compiler (-p:ErrorLog=FILE%2Cversion=2.1), of 'sectool verify' or of 'sectool scan'. May be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var tests = new Option<string[]>("--tests") { Description = "A result file of the tests: TRX, or xUnit's XML. May be repeated.", AllowMultipleArgumentsPerToken = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of tables." };
        var sarif = new Option<FileInfo?>("--sarif") { Description = "Also write a SARIF 2.1.0 report to this file." };
        var command = new Command("checklist", "Answer the security checklists from the repository and its build. Exit codes: 0 nothing fails, 1 an item fails, 2 could not check.")
        {
            path, logs, tests, json, sarif,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(path)!, parsed.GetValue(logs) ?? [], parsed.GetValue(tests) ?? [], parsed.GetValue(json), parsed.GetValue(sarif)?.FullName, AnsiConsole.Console, Console.Error));
        return command;
    }

    /// <summary>Runs the command.</summary>
    internal static int Run(string path, IReadOnlyList<string> logs, IReadOnlyList<string> tests, bool asJson, string? sarifPath, IAnsiConsole console, TextWriter errors)
    {
        try
        {
            var evidence = new RepositoryEvidence(path);
            foreach (string log in logs)
                evidence.Log.Add(log);
            foreach (string result in tests)
                evidence.Tests.Add(result);
            (ChecklistItem Item, ChecklistAnswer Answer)[] answers = [.. ChecklistItems.All.Select(item => (item, item.Check(evidence)))];
            if (sarifPath is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(sarifPath)!);
                using FileStream stream = File.Create(sarifPath);
                ChecklistOutput.WriteSarif(stream, answers);
            }

            if (asJson)
            {
                using var buffer = new MemoryStream();
                ChecklistOutput.WriteJson(buffer, answers);
                console.Profile.Out.Writer.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
            }
            else
            {
                ChecklistOutput.WriteTable(console, answers);
            }

            return Array.Exists(answers, static answer => answer.Answer.Status == ChecklistStatus.Fail) ? ExitCodes.Findings : ExitCodes.Success;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine("sectool checklist: " + exception.Message.ReplaceLineEndings(" "));
            return ExitCodes.Failure;
        }
    }
}
