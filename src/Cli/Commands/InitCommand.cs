using System.CommandLine;
using SecurityToolchain.Cli.Init;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool init</c>: puts the package gate into a repository.</summary>
internal static class InitCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var path = new Argument<DirectoryInfo>("path")
        {
            Description = "The root of the repository.",
            DefaultValueFactory = static _ => new DirectoryInfo("."),
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change and change nothing." };
        var remove = new Option<bool>("--remove") { Description = "Take the gate's lines out again; the policy file stays." };
        var version = new Option<string>("--sdk-version")
        {
            Description = "The version of SecurityToolchain.Sdk to write.",
            DefaultValueFactory = static _ => ToolVersion.Package,
        };
        var command = new Command("init", "Write the lines that put the package gate in front of every restore and build.") { path, dryRun, remove, version };
        command.SetAction(parsed => Run(
            parsed.GetValue(path)!.FullName, parsed.GetValue(version)!, parsed.GetValue(remove), parsed.GetValue(dryRun), Console.Out, Console.Error));
        return command;
    }

    /// <summary>Runs the command.</summary>
    internal static int Run(string folder, string version, bool remove, bool dryRun, TextWriter output, TextWriter errors)
    {
        if (!Directory.Exists(folder))
        {
            errors.WriteLine($"sectool init: the folder '{folder}' does not exist");
            return ExitCodes.Failure;
        }

        try
        {
            var setup = new RepositorySetup(folder, version);
            IReadOnlyList<SetupChange> changes = remove ? setup.PlanRemoval() : setup.PlanInstallation();
            foreach (SetupChange change in changes)
                output.WriteLine($"{(dryRun && change.Kind != SetupChangeKind.None ? "would " : "")}{change.Describe(dryRun)}");
            foreach (string shadow in remove ? [] : setup.FindShadowingFiles())
                output.WriteLine($"warning: {shadow} hides the one in the root; import the root's file from it, or the projects below it have no gate");
            if (!dryRun)
                RepositorySetup.Apply(changes);
            if (!dryRun && !remove && changes.Any(static change => change.Kind != SetupChangeKind.None))
                output.WriteLine("the next restore or build runs the gate; 'sectool verify' checks without one");
            return ExitCodes.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            errors.WriteLine("sectool init: " + exception.Message);
            return ExitCodes.Failure;
        }
    }
}
