using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>The names that a certificate speaks for.</summary>
public static class PeerIdentities
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag s_dns = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag s_uri = new(TagClass.ContextSpecific, 6);

    /// <summary>Reads DNS names as <c>dns:name</c> (lower case) and URIs as they are. The subject's common name is not an identity (RFC 9525).</summary>
    /// <param name="certificate">Any certificate; it need not be trusted.</param>
    /// <returns>Empty when there are none or when the extension is malformed.</returns>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var found = new List<string>();
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension)
            return found;
        try
        {
            for (AsnReader names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence(); names.HasData;)
            {
                Asn1Tag tag = names.PeekTag();
                if (tag.HasSameClassAndValue(s_dns))
                    found.Add("dns:" + names.ReadCharacterString(UniversalTagNumber.IA5String, s_dns).ToLowerInvariant());
                else if (tag.HasSameClassAndValue(s_uri))
                    found.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, s_uri));
                else
                    names.ReadEncodedValue();
            }
        }
        catch (AsnContentException)
        {
            return [];
        }

        return found;
    }

    internal static bool IsAllowed(IEnumerable<string> identities, IEnumerable<string> allowed)
    {
        foreach (string identity in identities)
        {
            foreach (string pattern in allowed)
            {
                if (Matches(identity, pattern))
                    return true;
            }
        }

        return false;
    }

    private static bool Matches(string identity, string pattern)
    {
        if (pattern.StartsWith("dns:", StringComparison.OrdinalIgnoreCase))
            return identity.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        if (!pattern.EndsWith("/*", StringComparison.Ordinal))
            return identity == pattern;
        // Everything below the path, and nothing that climbs out of it again.
        ReadOnlySpan<char> root = pattern.AsSpan(0, pattern.Length - 1);
        return identity.AsSpan().StartsWith(root, StringComparison.Ordinal) && identity.Length > root.Length && !identity.Contains("..", StringComparison.Ordinal);
    }
}
