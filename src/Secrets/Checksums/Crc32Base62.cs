namespace SecurityToolchain.Secrets.Checksums;

/// <summary>
/// The checksum of GitHub's and npm's tokens: the last six characters are the CRC-32 of the random part, in base 62 with leading zeros.
/// Reference: the GitHub engineering blog, "Behind GitHub's new authentication token formats" (2021), and npm's announcement of the
/// same format.
/// </summary>
internal static class Crc32Base62
{
    private const int ChecksumLength = 6;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Checks a token <c>prefix_random checksum</c>; the prefix ends with the first underscore.</summary>
    public static ChecksumState Validate(ReadOnlySpan<char> token)
    {
        int start = token.IndexOf('_') + 1;
        ReadOnlySpan<char> body = token.Slice(start);
        if (body.Length <= ChecksumLength)
            return ChecksumState.Invalid;
        Span<char> expected = stackalloc char[ChecksumLength];
        Encode(Crc32.Compute(body.Slice(0, body.Length - ChecksumLength)), expected);
        return body.Slice(body.Length - ChecksumLength).SequenceEqual(expected) ? ChecksumState.Valid : ChecksumState.Invalid;
    }

    /// <summary>Writes a number in base 62 with leading zeros.</summary>
    public static void Encode(uint value, Span<char> destination)
    {
        for (int i = destination.Length - 1; i >= 0; i--)
        {
            destination[i] = Digits[(int)(value % 62)];
            value /= 62;
        }
    }
}
