using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.Cli.Scanning;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Binaries.DotNet.Symbols;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool inspect</c>: everything that the engine knows about one file.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("files") { Description = "The files.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var sources = new Option<string?>("--sources") { Description = "A working tree: compare it with the sources that the debug data of .NET programs and .pdb files record (rule STC8034)." };
        var trust = new Option<string?>("--trust") { Description = "A PEM file with trusted roots: check the certificates behind Authenticode signatures too, without network (rule STC8035)." };
        var command = new Command("inspect", "Show type, digests, facts and findings of a file.") { paths, json, sources, trust };
        command.SetAction(async (result, cancellation) =>
        {
            TextWriter output = result.InvocationConfiguration.Output;
            var options = new ScanOptions { Digests = DigestAlgorithms.Sha256 | DigestAlgorithms.Sha1 | DigestAlgorithms.Md5 | DigestAlgorithms.Blake3, SimilarityDigest = true, KeepMembers = true };
            using SourceTree? tree = OpenTree(result.GetValue(sources), out string? problem);
            if (problem is not null)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync("sectool inspect: " + problem);
                return ScanExitCodes.Usage;
            }

            X509Certificate2Collection? anchors = ReadAnchors(result.GetValue(trust), out problem);
            if (problem is not null)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync("sectool inspect: " + problem);
                return ScanExitCodes.Usage;
            }

            options = options with
            {
                Analyzers =
                [
                    .. DefaultAnalyzers.Create(),
                    .. tree is null ? [] : (IContentAnalyzer[])[new SourceHashAnalyzer(tree)],
                    .. anchors is null ? [] : (IContentAnalyzer[])[new SignatureChainAnalyzer(anchors, TimeProvider.System)],
                ],
            };
            ScanReport report = await new ScanEngine(options).ScanAsync(result.GetValue(paths)!, null, cancellation);
            if (result.GetValue(json))
            {
                ReportOutput.WriteText(output, report, ReportFormat.Json, "", colours: false, notes: true);
            }
            else
            {
                foreach (FileScanResult file in report.Files)
                    Print(output, file);
                ConsoleReport.Write(output, report, colours: false, notes: true);
            }

            if (report.Findings.Any(static finding => finding.RuleId is "STC8034" or "STC8035"))
                return ScanExitCodes.Findings;
            return report.IsComplete ? ScanExitCodes.Clean : ScanExitCodes.Incomplete;
        });
        return command;
    }

    private static SourceTree? OpenTree(string? path, out string? problem)
    {
        problem = null;
        try
        {
            return path is null ? null : new SourceTree(path);
        }
        catch (DirectoryNotFoundException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static X509Certificate2Collection? ReadAnchors(string? path, out string? problem)
    {
        problem = null;
        if (path is null)
            return null;
        try
        {
            var anchors = new X509Certificate2Collection();
            anchors.ImportFromPemFile(path);
            problem = anchors.Count == 0 ? $"'{path}' holds no certificate." : null;
            return anchors;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = $"The roots in '{path}' cannot be read: {exception.Message}";
            return null;
        }
    }

    private static void Print(TextWriter output, FileScanResult file)
    {
        output.WriteLine(PrintableText.Escape(file.Path));
        Line(output, "format", $"{file.Format.Description} ({file.Format.MediaType})");
        Line(output, "size", file.Size.ToString(CultureInfo.InvariantCulture));
        if (file.Entropy is { } entropy)
            Line(output, "entropy", entropy.ToString("F3", CultureInfo.InvariantCulture));
        foreach (Digest digest in file.Digests)
            Line(output, DigestAlgorithmFacts.Name(digest.Algorithm), digest.ToHex());
        if (file.SimilarityDigest is not null)
            Line(output, "ssdeep", file.SimilarityDigest);
        foreach ((string name, string value) in file.Facts)
            Line(output, name, value);
        foreach (FileScanResult member in file.Members.Take(100))
            Line(output, "member", string.Create(CultureInfo.InvariantCulture, $"{member.Path} ({member.Format.Id}, {member.Size} bytes)"));
        if (file.Members.Length > 100)
            Line(output, "member", string.Create(CultureInfo.InvariantCulture, $"and {file.Members.Length - 100} more; --json has them all"));
    }

    private static void Line(TextWriter output, string name, string value) => output.WriteLine($"  {name,-24} {value}");
}
