using SecurityToolchain.Scanning.Binaries.DotNet.Resources;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Secrets;

/// <summary>
/// Finds secrets among the strings of native programs. Machine code is full of accidents, so only formats that are certain by themselves
/// are reported, and only inside printable text. .NET code is looked at literal by literal elsewhere.
/// </summary>
public sealed class BinarySecretAnalyzer : IContentAnalyzer
{
    private const int Shortest = 20;

    /// <inheritdoc/>
    public string Name => "binary-secrets";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id is "elf" or "mach-o" or "mach-o-fat" or "webassembly" or "portable-executable";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        if (context.Format.Id == "portable-executable" && PeParser.TryParse(bytes, context.Limits, out _, out _) is { IsManaged: true })
            return;
        context.Spend(bytes.Length);
        if (!ResourceSecrets.MayHoldSecret(bytes))
            return;
        foreach (SecretMatch match in SecretScanner.Default.ScanUtf8(bytes, SecretContext.Text))
        {
            if (match.Confidence == SecretConfidence.High && match.Checksum != ChecksumState.Invalid && match.Length >= Shortest && IsText(bytes, match))
                context.Report(SecretAnalyzer.ToFinding(ScanRules.HardcodedSecret, match, context.At(match.Start, match.Length)));
        }
    }

    // A literal of a program ends with a byte that is no text; so does the piece before it.
    private static bool IsText(ReadOnlySpan<byte> bytes, SecretMatch match) =>
        bytes.Slice(match.Start, match.Length).IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var other && (other < 0 || bytes.Slice(match.Start, match.Length)[other] is (byte)'\r' or (byte)'\n' or (byte)'\t');
}
