using System.CommandLine;
using System.Text.Json;
using SecurityToolchain.Cli.Scanning;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Cli.Commands;

/// <summary><c>sectool hash</c>: digests of files in one read, and verification in constant time.</summary>
internal static class HashCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("files") { Description = "The files.", Arity = ArgumentArity.OneOrMore };
        var algorithms = new Option<string[]>("--algorithm", "-a") { Description = "md5, sha1, sha256, sha384, sha512, sha3-256, sha3-384, sha3-512, blake3 or all; several with commas. Default: sha256." };
        var check = new Option<string?>("--check", "-c") { Description = "The expected digest: sha256:HEX, sha256:BASE64 or sha256-BASE64 (subresource integrity). MD5 and SHA-1 are refused as proof." };
        var integrity = new Option<bool>("--integrity") { Description = "Print subresource integrity text instead of hexadecimal digits." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("hash", "Compute or verify digests of files.") { paths, algorithms, check, integrity, json };
        command.SetAction((result, cancellation) => Task.Run(() => Run(result, paths, algorithms, check, integrity, json, cancellation), cancellation));
        return command;
    }

    private static int Run(
        ParseResult result, Argument<string[]> paths, Option<string[]> algorithms, Option<string?> check, Option<bool> integrity, Option<bool> json, CancellationToken cancellation)
    {
        TextWriter output = result.InvocationConfiguration.Output, errors = result.InvocationConfiguration.Error;
        try
        {
            string[] files = result.GetValue(paths)!;
            if (result.GetValue(check) is { } expected)
                return Check(files, expected, output, errors, cancellation);
            DigestAlgorithms chosen = DigestNames.Parse(result.GetValue(algorithms) ?? [], DigestAlgorithms.Sha256);
            return Print(files, chosen, result.GetValue(json), result.GetValue(integrity), output, errors, cancellation);
        }
        catch (UsageException exception)
        {
            errors.WriteLine("sectool hash: " + exception.Message);
            return ScanExitCodes.Usage;
        }
    }

    private static int Print(string[] files, DigestAlgorithms algorithms, bool json, bool integrity, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        int code = ScanExitCodes.Clean;
        var verifier = new DigestVerifier();
        var rows = new List<Dictionary<string, string>>();
        foreach (string file in files)
        {
            try
            {
                (IReadOnlyList<Digest> digests, long length) = verifier.Compute(file, algorithms, cancellation);
                var row = new Dictionary<string, string> { ["path"] = file, ["size"] = length.ToString(System.Globalization.CultureInfo.InvariantCulture) };
                foreach (Digest digest in digests)
                {
                    row[DigestAlgorithmFacts.Name(digest.Algorithm)] = digest.ToHex();
                    if (!json)
                        output.WriteLine((integrity ? digest.ToIntegrity() : digest.ToString()) + "  " + PrintableText.Escape(file));
                }

                rows.Add(row);
            }
            catch (Exception exception) when (exception is IOException or ScanLimitException)
            {
                errors.WriteLine("sectool hash: " + exception.Message);
                code = ScanExitCodes.Incomplete;
            }
        }

        if (json)
            output.WriteLine(JsonSerializer.Serialize(rows));
        return code;
    }

    private static int Check(string[] files, string text, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (!Digest.TryParse(text, DigestAlgorithms.None, out Digest? expected))
            throw new UsageException("The expected digest is not of the form sha256:HEX, sha256:BASE64 or sha256-BASE64 with the algorithm's length.");
        int code = ScanExitCodes.Clean;
        foreach (string file in files)
        {
            try
            {
                DigestVerification outcome = new DigestVerifier().Verify(file, expected!, cancellation);
                output.WriteLine(PrintableText.Escape(file) + ": " + outcome switch
                {
                    DigestVerification.Match => "OK",
                    DigestVerification.Mismatch => "MISMATCH",
                    _ => $"REFUSED ({DigestAlgorithmFacts.Name(expected!.Algorithm)} proves nothing)",
                });
                if (outcome != DigestVerification.Match)
                    code = ScanExitCodes.Findings;
            }
            catch (Exception exception) when (exception is IOException or ScanLimitException)
            {
                errors.WriteLine("sectool hash: " + exception.Message);
                code = Math.Max(code, ScanExitCodes.Incomplete);
            }
        }

        return code;
    }
}
