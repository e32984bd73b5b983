using System.Globalization;
using System.Text;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>
/// Context-triggered piecewise hash in the text form that ssdeep writes: <c>blocksize:digest:digest</c>. Similar contents give similar
/// digests; <see cref="SimilarityScore"/> compares two. Not a cryptographic hash. Belongs to one thread.
/// </summary>
/// <remarks>
/// Reference: J. Kornblum, "Identifying almost identical files using context triggered piecewise hashing", Digital Investigation 3S, 2006.
/// Parameters: window 7 bytes, block sizes 3 * 2^n with n up to 30, digests of at most 64 and 32 characters.
/// </remarks>
public sealed class SimilarityDigest : IContentConsumer
{
    internal const int MaxDigestLength = 64;
    private const int WindowLength = 7;
    private const int MinBlockSize = 3;
    private const int BlockSizes = 31;
    private const byte HashInit = 0x27;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly Piece[] _pieces = new Piece[BlockSizes];
    private readonly byte[] _window = new byte[WindowLength];
    private int _first;
    private int _end = 1;
    private uint _sum;
    private uint _weighted;
    private uint _shifted;
    private uint _position;
    private long _length;

    /// <summary>Creates the hash.</summary>
    public SimilarityDigest()
    {
        for (int i = 0; i < _pieces.Length; i++)
            _pieces[i] = new Piece();
    }

    /// <summary>Hashes in one call.</summary>
    /// <param name="data">The data.</param>
    public static string Compute(ReadOnlySpan<byte> data)
    {
        var digest = new SimilarityDigest();
        digest.Append(data);
        return digest.Finish();
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> block)
    {
        _length += block.Length;
        unchecked
        {
            foreach (byte value in block)
                Step(value);
        }
    }

    /// <summary>The digest of what was appended so far.</summary>
    public string Finish()
    {
        uint roll = unchecked(_sum + _weighted + _shifted);
        int index = _first;
        while (index < BlockSizes - 1 && BlockSize(index) * MaxDigestLength < _length)
            index++;
        while (index >= _end)
            index--;
        while (index > _first && _pieces[index].Length < MaxDigestLength / 2)
            index--;

        var text = new StringBuilder(160);
        text.Append(BlockSize(index).ToString(CultureInfo.InvariantCulture)).Append(':');
        Piece piece = _pieces[index];
        text.Append(piece.Digest, 0, piece.Length);
        if (roll != 0)
            text.Append(Alphabet[piece.Hash]);
        else if (piece.Digest[piece.Length] != '\0')
            text.Append(piece.Digest[piece.Length]);
        text.Append(':');
        if (index < _end - 1)
        {
            piece = _pieces[index + 1];
            text.Append(piece.Digest, 0, Math.Min(piece.Length, (MaxDigestLength / 2) - 1));
            if (roll != 0)
                text.Append(Alphabet[piece.HalfHash]);
            else if (piece.HalfDigest != '\0')
                text.Append(piece.HalfDigest);
        }
        else if (roll != 0)
        {
            text.Append(Alphabet[index == 0 ? _pieces[index].Hash : _lastHash]);
        }

        return text.ToString();
    }

    // The hash of the block size above the largest that exists, for contents that never started it.
    private byte _lastHash = HashInit;

    private static long BlockSize(int index) => (long)MinBlockSize << index;

    private void Step(byte value)
    {
        unchecked
        {
            _weighted -= _sum;
            _weighted += WindowLength * (uint)value;
            _sum += value;
            _sum -= _window[_position];
            _window[_position] = value;
            if (++_position == WindowLength)
                _position = 0;
            _shifted = (_shifted << 5) ^ value;
            uint roll = _sum + _weighted + _shifted;

            for (int i = _first; i < _end; i++)
            {
                Piece piece = _pieces[i];
                piece.Hash = SumHash(value, piece.Hash);
                piece.HalfHash = SumHash(value, piece.HalfHash);
            }

            _lastHash = SumHash(value, _lastHash);

            for (int i = _first; i < _end; i++)
            {
                long size = BlockSize(i);
                // A size that does not trigger cannot trigger for a multiple of it either.
                if (roll % size != size - 1)
                    break;
                Trigger(i);
            }
        }
    }

    private void Trigger(int index)
    {
        Piece piece = _pieces[index];
        if (piece.Length == 0)
            Fork();
        piece.Digest[piece.Length] = Alphabet[piece.Hash];
        piece.HalfDigest = Alphabet[piece.HalfHash];
        if (piece.Length < MaxDigestLength - 1)
        {
            piece.Length++;
            piece.Digest[piece.Length] = '\0';
            piece.Hash = HashInit;
            if (piece.Length < MaxDigestLength / 2)
            {
                piece.HalfHash = HashInit;
                piece.HalfDigest = '\0';
            }
        }
        else if (_end - _first >= 2 && BlockSize(_first) * MaxDigestLength < _length && _pieces[_first + 1].Length >= MaxDigestLength / 2)
        {
            _first++;
        }
    }

    private void Fork()
    {
        if (_end >= BlockSizes)
            return;
        Piece last = _pieces[_end - 1];
        Piece next = _pieces[_end];
        next.Hash = last.Hash;
        next.HalfHash = last.HalfHash;
        next.Length = 0;
        next.Digest[0] = '\0';
        next.HalfDigest = '\0';
        _end++;
    }

    // FNV-1 with all but the low six bits dropped; they never flow down, so keeping six is enough.
    private static byte SumHash(byte value, byte hash) => unchecked((byte)(((hash * 0x13) ^ value) & 0x3f));

    private sealed class Piece
    {
        public char[] Digest { get; } = new char[MaxDigestLength + 1];

        public int Length { get; set; }

        public byte Hash { get; set; } = HashInit;

        public byte HalfHash { get; set; } = HashInit;

        public char HalfDigest { get; set; }
    }
}
