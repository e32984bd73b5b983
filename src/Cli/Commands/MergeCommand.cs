using System.CommandLine;
using System.Globalization;
using SecurityToolchain.Cli.Scanning;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool merge</c>: joins the SARIF reports of shards.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("reports") { Description = "SARIF reports of this tool.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "The merged report.", Required = true };
        var command = new Command("merge", "Merge SARIF reports of shards into one.") { paths, output };
        command.SetAction(result =>
        {
            TextWriter errors = result.InvocationConfiguration.Error;
            var inputs = new List<Stream>();
            try
            {
                foreach (string path in result.GetValue(paths)!)
                    inputs.Add(File.OpenRead(path));
                using var merged = new MemoryStream();
                int count = SarifMerger.Merge(inputs, merged);
                File.WriteAllBytes(result.GetValue(output)!, merged.ToArray());
                result.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs.Count} reports, {count} findings"));
                return ScanExitCodes.Clean;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                errors.WriteLine("sectool merge: " + exception.Message);
                return ScanExitCodes.Usage;
            }
            finally
            {
                foreach (Stream input in inputs)
                    input.Dispose();
            }
        });
        return command;
    }
}
