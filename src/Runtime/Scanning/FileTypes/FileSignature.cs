using System.Globalization;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>One compiled row of <see cref="FileSignatures"/>.</summary>
internal sealed class FileSignature
{
    private readonly byte[] _bytes;
    private readonly byte[] _mask;

    public FileSignature(string format, int offset, string pattern)
    {
        Format = FileFormats.Get(format);
        Offset = offset;
        string[] parts = pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _bytes = new byte[parts.Length];
        _mask = new byte[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            (_bytes[i], _mask[i]) = (parts[i][0], parts[i][1]) switch
            {
                ('?', '?') => ((byte)0, (byte)0),
                (var high, '?') => (byte.Parse(high + "0", NumberStyles.HexNumber, CultureInfo.InvariantCulture), (byte)0xF0),
                _ => (byte.Parse(parts[i], NumberStyles.HexNumber, CultureInfo.InvariantCulture), (byte)0xFF),
            };
        }
    }

    public FileFormat Format { get; }

    public int Offset { get; }

    /// <summary>The first byte, which is never a wildcard.</summary>
    public byte First => _bytes[0];

    public bool Matches(ReadOnlySpan<byte> head)
    {
        if (head.Length < Offset + _bytes.Length)
            return false;
        ReadOnlySpan<byte> at = head.Slice(Offset, _bytes.Length);
        for (int i = 0; i < at.Length; i++)
        {
            if ((at[i] & _mask[i]) != _bytes[i])
                return false;
        }

        return true;
    }
}
