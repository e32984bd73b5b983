using System.Globalization;

namespace SecurityToolchain.Secrets;

/// <summary>
/// Where a secret lies and what kind it is. It does not hold the secret: <see cref="Redacted"/> has at most the format's public
/// prefix, so the value may be logged, serialized and thrown.
/// </summary>
/// <param name="PatternId">The stable id of the pattern or detector, in kebab case.</param>
/// <param name="Provider">The service that the credential opens, or the kind of credential.</param>
/// <param name="Start">The offset of the secret, in characters of the text (in bytes for UTF-8 input).</param>
/// <param name="Length">Its length in the same unit.</param>
/// <param name="Confidence">How sure the detector is.</param>
/// <param name="Checksum">What the checksum inside the token says.</param>
/// <param name="Redacted">A text that may be shown.</param>
public readonly record struct SecretMatch(
    string PatternId, string Provider, int Start, int Length, SecretConfidence Confidence, ChecksumState Checksum, string Redacted)
{
    /// <summary>The offset behind the secret.</summary>
    public int End => Start + Length;

    /// <summary>Kind, place and redacted text; never the secret.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} ({1}) at {2}, length {3}: {4}", PatternId, Provider, Start, Length, Redacted);
}
