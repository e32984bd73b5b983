using System.CommandLine;
using System.Globalization;
using SecurityToolchain.Cli.Scanning;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool strings</c>: the strings of files, escaped, redacted and categorised.</summary>
internal static class StringsCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("files") { Description = "The files.", Arity = ArgumentArity.OneOrMore };
        var category = new Option<StringCategory[]>("--category") { Description = "Only these categories." };
        var most = new Option<int>("--max") { Description = "The most strings of one file.", DefaultValueFactory = static _ => ScanLimits.Default.MaxStrings };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("strings", "Print the strings of files; secrets are redacted.") { paths, category, most, json };
        command.SetAction(async (result, cancellation) =>
        {
            TextWriter output = result.InvocationConfiguration.Output;
            if (result.GetValue(most) <= 0)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync("sectool strings: --max has to be above 0.");
                return ScanExitCodes.Usage;
            }

            var options = new ScanOptions { KeepStrings = true, Digests = DigestAlgorithms.None, Analyzers = DefaultAnalyzers.ForStrings(), Limits = new ScanLimits { MaxStrings = result.GetValue(most) } };
            ScanReport report = await new ScanEngine(options).ScanAsync(result.GetValue(paths)!, null, cancellation);
            HashSet<StringCategory> wanted = [.. result.GetValue(category) ?? []];
            if (wanted.Count > 0)
                report = report with { Files = [.. report.Files.Select(file => file with { Strings = [.. file.Strings.Where(s => wanted.Contains(s.Category))] })] };
            if (result.GetValue(json))
            {
                ReportOutput.WriteText(output, report, ReportFormat.Json, "", colours: false, notes: true);
            }
            else
            {
                foreach (FileScanResult file in report.Files)
                {
                    if (report.Files.Length > 1)
                        await output.WriteLineAsync(file.Path);
                    foreach (ExtractedString text in file.Strings)
                        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{text.Offset,10:x}  {Short(text.Encoding),-8} {text.Category,-12} {text.Text}{(text.Member is null ? "" : "  <" + text.Member + ">")}"));
                }
            }

            foreach (ScanIssue issue in report.Issues)
                await result.InvocationConfiguration.Error.WriteLineAsync("sectool strings: " + issue.Message);
            return report.IsComplete ? ScanExitCodes.Clean : ScanExitCodes.Incomplete;
        });
        return command;
    }

    private static string Short(StringEncoding encoding) => encoding switch
    {
        StringEncoding.Utf16LittleEndian => "utf-16le",
        StringEncoding.Utf16BigEndian => "utf-16be",
        StringEncoding.Utf8 => "utf-8",
        StringEncoding.DotNetUserString => "il",
        StringEncoding.DotNetResource => "resource",
        _ => "ascii",
    };
}
