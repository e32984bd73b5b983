namespace SecurityToolchain.Secrets.Patterns;

/// <summary>The vocabulary of the provider tables.</summary>
internal static class PatternFactory
{
    /// <summary>A fixed prefix and a run of a fixed length.</summary>
    public static SecretPattern Token(string id, string provider, string prefix, Alphabet alphabet, int length, TokenChecksum? checksum = null) =>
        new(id, provider, [Segment.Text(prefix), Segment.Run(alphabet, length)]) { Checksum = checksum };

    /// <summary>A fixed prefix and a run whose length varies.</summary>
    public static SecretPattern Token(string id, string provider, string prefix, Alphabet alphabet, int minimum, int maximum) =>
        new(id, provider, [Segment.Text(prefix), Segment.Run(alphabet, minimum, maximum)]);

    /// <summary>Any sequence of fixed parts and runs.</summary>
    public static SecretPattern Shape(string id, string provider, params Segment[] segments) => new(id, provider, segments);

    /// <summary>A run that is a token only beside a name that holds one of <paramref name="names"/> (lower case, no separators).</summary>
    public static SecretPattern Named(string id, string provider, string[] names, Alphabet alphabet, int length) =>
        Named(id, provider, names, Segment.Run(alphabet, length));

    /// <summary>Parts that are a token only beside a name that holds one of <paramref name="names"/> (lower case, no separators).</summary>
    public static SecretPattern Named(string id, string provider, string[] names, params Segment[] segments) =>
        new(id, provider, segments) { ContextNames = names, Confidence = SecretConfidence.Medium };

    /// <summary>A UUID that is a token only beside a name that holds one of <paramref name="names"/>.</summary>
    public static SecretPattern NamedUuid(string id, string provider, params string[] names)
    {
        SecretPattern pattern = Named(id, provider, names, Uuid());
        pattern.AnyEntropy = true;
        return pattern;
    }

    /// <summary>The five groups of a UUID.</summary>
    public static Segment[] Uuid() =>
    [
        Segment.Run(Alphabet.Hex, 8), Segment.Text("-"), Segment.Run(Alphabet.Hex, 4), Segment.Text("-"), Segment.Run(Alphabet.Hex, 4),
        Segment.Text("-"), Segment.Run(Alphabet.Hex, 4), Segment.Text("-"), Segment.Run(Alphabet.Hex, 12),
    ];

    /// <summary>A fixed prefix and a UUID.</summary>
    public static SecretPattern PrefixedUuid(string id, string provider, string prefix)
    {
        SecretPattern pattern = new(id, provider, [Segment.Text(prefix), .. Uuid()]) { AnyEntropy = true };
        return pattern;
    }

    /// <summary>A random key whose bytes end with a fixed signature (Azure's identifiable keys): base64 before and behind it.</summary>
    public static SecretPattern Identifiable(string id, string provider, int before, string signature, int behind, string padding) =>
        padding.Length == 0
            ? new(id, provider, [Segment.Run(Alphabet.Base64, before), Segment.Text(signature), Segment.Run(Alphabet.Base64, behind)])
            : new(id, provider, [Segment.Run(Alphabet.Base64, before), Segment.Text(signature), Segment.Run(Alphabet.Base64, behind), Segment.Text(padding)]);
}
