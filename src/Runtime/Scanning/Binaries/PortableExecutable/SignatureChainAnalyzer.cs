using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>Facts of the certificates behind Authenticode signatures, against trust anchors that the caller chooses.</summary>
/// <param name="anchors">The roots that are trusted.</param>
/// <param name="time">The clock; counts for signatures without a time stamp.</param>
public sealed class SignatureChainAnalyzer(X509Certificate2Collection anchors, TimeProvider time) : IContentAnalyzer
{
    /// <inheritdoc/>
    public string Name => "signature-chain";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id == "portable-executable";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        if (PeParser.TryParse(bytes, context.Limits, out _, out _) is not { } image)
            return;
        context.Spend(bytes.Length);
        AuthenticodeChainResult result = AuthenticodeChain.Check(bytes, image, anchors, time.GetUtcNow());
        if (result.State == AuthenticodeChainState.NotChecked)
            return;
        context.SetFact("pe.signature-chain", result.State.ToString());
        if (result.SignedAt is { } signedAt)
            context.SetFact("pe.signature-time", signedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (result.State != AuthenticodeChainState.Trusted)
            context.Report(new Finding(ScanRules.UntrustedSigner, $"The signer is not trusted: {result.Detail}.", context.At(image.Directories[4].Address)) { Identity = result.Detail });
    }
}
