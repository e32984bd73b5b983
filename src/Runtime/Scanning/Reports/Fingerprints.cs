using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>
/// The identity of a finding across runs: rule, path, member and identity text, not the line. Equal findings of one file are told
/// apart by a running number, so that a second copy of a known finding is new.
/// </summary>
public static class Fingerprints
{
    /// <summary>The name of the fingerprint in reports; the number grows when the recipe changes.</summary>
    public const string Name = "securityToolchain/v1";

    /// <summary>Computes the fingerprints of findings that are in <see cref="FindingOrder"/>.</summary>
    /// <param name="ordered">The findings in order.</param>
    /// <returns>A lower-case hexadecimal text of 32 characters for each finding, in the same order.</returns>
    public static IReadOnlyList<string> Compute(IReadOnlyList<Finding> ordered)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = new string[ordered.Count];
        for (int i = 0; i < result.Length; i++)
        {
            string identity = Identity(ordered[i]);
            seen.TryGetValue(identity, out int copies);
            seen[identity] = copies + 1;
            result[i] = Digest(identity + "\0" + copies.ToString(CultureInfo.InvariantCulture));
        }

        return result;
    }

    private static string Identity(Finding finding) => string.Join(
        '\0',
        finding.RuleId,
        finding.Location.DisplayPath,
        finding.Location.Member ?? "",
        finding.Identity ?? finding.Evidence ?? finding.Message);

    private static string Digest(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return Convert.ToHexStringLower(digest[..16]);
    }
}
