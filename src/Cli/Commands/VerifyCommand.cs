using System.CommandLine;
using SecurityToolchain.Cli.Verify;
using SecurityToolchain.MsBuildTasks.Gate;
using SecurityToolchain.Scanning.Reports;
using Spectre.Console;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool verify</c>: the package gate without a build.</summary>
internal static class VerifyCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("path")
        {
            Description = "A project, a solution, a project.assets.json, a package folder, or a folder with any of them.",
            DefaultValueFactory = static _ => ".",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table." };
        var sarif = new Option<FileInfo?>("--sarif") { Description = "Also write a SARIF 2.1.0 report to this file." };
        var command = new Command("verify", "Verify names, signatures, hashes and extracted files of restored packages. Exit codes: 0 clean, 1 findings, 2 could not check.")
        {
            path, json, sarif,
        };
        command.SetAction(parsed => Run(parsed.GetValue(path)!, parsed.GetValue(json), parsed.GetValue(sarif)?.FullName, AnsiConsole.Console, Console.Error));
        return command;
    }

    /// <summary>Runs the command.</summary>
    internal static int Run(string path, bool asJson, string? sarifPath, IAnsiConsole console, TextWriter errors)
    {
        try
        {
            VerificationTarget target = VerificationTarget.Find(path);
            (List<Finding> findings, int packages) = Verify(target, SdkLocator.Find());
            findings.Sort(FindingOrder.Instance);
            if (sarifPath is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(sarifPath)!);
                using FileStream stream = File.Create(sarifPath);
                GateSarif.Write(stream, findings, Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!);
            }

            if (asJson)
            {
                using var buffer = new MemoryStream();
                VerificationOutput.WriteJson(buffer, findings, packages);
                console.Profile.Out.Writer.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
            }
            else
            {
                VerificationOutput.WriteTable(console, findings, packages);
            }

            return findings.Exists(static finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.Findings : ExitCodes.Success;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine("sectool verify: " + exception.Message.ReplaceLineEndings(" "));
            return ExitCodes.Failure;
        }
    }

    private static (List<Finding> Findings, int Packages) Verify(VerificationTarget target, string sdkFolder)
    {
        if (target.PackageFolder is { } folder)
        {
            GateReport report = PackageFolderGate.Verify(folder, sdkFolder, TimeProvider.System);
            return ([.. report.Findings], report.PackageCount);
        }

        var findings = new List<Finding>();
        int packages = 0;
        foreach ((string project, string assets) in target.Projects)
        {
            GateReport report = PackageGate.Verify(new GateRequest
            {
                ProjectFile = project,
                ExtensionsFolder = Path.GetDirectoryName(assets)!,
                AssetsFile = assets,
                SdkFolder = sdkFolder,
                UseStamp = false,
            });
            findings.AddRange(report.Findings);
            packages += report.PackageCount;
        }

        return (findings, packages);
    }
}
