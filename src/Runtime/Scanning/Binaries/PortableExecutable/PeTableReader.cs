using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>Reads the tables that the data directories point to. A counter bounds the steps of each table.</summary>
internal readonly ref struct PeTableReader
{
    private readonly SpanReader _reader;
    private readonly PeImage _image;
    private readonly ScanLimits _limits;
    private readonly ImmutableArray<string>.Builder _anomalies;

    public PeTableReader(ReadOnlySpan<byte> bytes, PeImage image, ScanLimits limits, ImmutableArray<string>.Builder anomalies)
    {
        _reader = new SpanReader(bytes);
        _image = image;
        _limits = limits;
        _anomalies = anomalies;
    }

    public PeImage Read(ref string? truncated)
    {
        var imports = ImmutableArray.CreateBuilder<PeImport>();
        int symbols = 0;
        ReadImports(1, 20, delayed: false, imports, ref symbols, ref truncated);
        string? hash = ImportHash(imports);
        ReadImports(13, 32, delayed: true, imports, ref symbols, ref truncated);
        PeImage image = _image with { Imports = imports.ToImmutable(), ImportHash = hash, Exports = ReadExports(ref truncated), ResourceCount = CountResources(ref truncated), TlsCallbacks = CountTlsCallbacks() };
        return ReadDebug(ReadLoadConfiguration(image));
    }

    private (uint Address, uint Size) Directory(int index) => index < _image.Directories.Length ? _image.Directories[index] : default;

    private void ReadImports(int directory, int rowLength, bool delayed, ImmutableArray<PeImport>.Builder imports, ref int symbols, ref string? truncated)
    {
        long table = Directory(directory) is { Address: > 0 } d ? _image.ToOffset(d.Address) : -1;
        if (table < 0)
        {
            if (Directory(directory).Address > 0 && !delayed)
                _anomalies.Add("the import directory lies outside the file");
            return;
        }

        for (int row = 0; row < _limits.MaxParseIterations; row++)
        {
            long at = table + ((long)rowLength * row);
            if (!_reader.Contains(at, rowLength))
                return;
            uint nameAddress = _reader.UInt32(at + (delayed ? 4 : 12)), names = _reader.UInt32(at + (delayed ? 16 : 0)), addresses = _reader.UInt32(at + (delayed ? 12 : 16));
            if (nameAddress == 0 || (names == 0 && addresses == 0))
                return;
            string? library = PeParser.Name(_reader, _image.ToOffset(nameAddress));
            if (library is null)
            {
                _anomalies.Add("the name of an imported library lies outside the file");
                return;
            }

            imports.Add(new PeImport(library, ReadThunks(names != 0 ? names : addresses, ref symbols, ref truncated), delayed));
        }

        truncated ??= $"The import table has more libraries than the limit {nameof(ScanLimits.MaxParseIterations)} = {_limits.MaxParseIterations}.";
    }

    private ImmutableArray<string> ReadThunks(uint address, ref int symbols, ref string? truncated)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        long at = _image.ToOffset(address);
        int size = _image.Is64Bit ? 8 : 4;
        while (at >= 0 && _reader.Contains(at, size))
        {
            ulong thunk = _image.Is64Bit ? _reader.UInt64(at) : _reader.UInt32(at);
            if (thunk == 0)
                break;
            if (++symbols > _limits.MaxSymbols)
            {
                truncated ??= $"The image imports more functions than the limit {nameof(ScanLimits.MaxSymbols)} = {_limits.MaxSymbols}.";
                break;
            }

            bool byOrdinal = (thunk & (_image.Is64Bit ? 1UL << 63 : 1UL << 31)) != 0;
            string? name = byOrdinal ? "ord" + (thunk & 0xFFFF).ToString(System.Globalization.CultureInfo.InvariantCulture) : thunk <= int.MaxValue ? PeParser.Name(_reader, _image.ToOffset((uint)thunk) is var offset and >= 0 ? offset + 2 : -1) : null;
            if (name is null)
            {
                _anomalies.Add("the name of an imported function lies outside the file");
                break;
            }

            names.Add(name);
            at += size;
        }

        return names.ToImmutable();
    }

    // MD5 over "library.function" in lower case, in the order of the table; the library without dll, ocx and sys.
    private static string? ImportHash(ImmutableArray<PeImport>.Builder imports)
    {
        if (imports.Count == 0)
            return null;
        var text = new StringBuilder();
        foreach (PeImport import in imports)
        {
            string library = import.Library.ToLowerInvariant();
            string stem = library.EndsWith(".dll", StringComparison.Ordinal) || library.EndsWith(".ocx", StringComparison.Ordinal) || library.EndsWith(".sys", StringComparison.Ordinal) ? library[..^4] : library;
            foreach (string function in import.Functions)
            {
                string name = function.StartsWith("ord", StringComparison.Ordinal) ? PeOrdinalNames.Find(library, function) ?? function : function;
                if (text.Length > 0)
                    text.Append(',');
                text.Append(stem).Append('.').Append(name.ToLowerInvariant());
            }
        }

#pragma warning disable CA5351 // The import hash is defined over MD5; it is an indicator to look up, not a proof.
        return text.Length == 0 ? null : Convert.ToHexStringLower(MD5.HashData(Encoding.Latin1.GetBytes(text.ToString())));
#pragma warning restore CA5351
    }

    private ImmutableArray<string> ReadExports(ref string? truncated)
    {
        long table = Directory(0) is { Address: > 0 } d ? _image.ToOffset(d.Address) : -1;
        if (table < 0 || !_reader.Contains(table, 40))
            return [];
        uint count = _reader.UInt32(table + 24);
        long names = _image.ToOffset(_reader.UInt32(table + 32));
        if (count > _limits.MaxSymbols)
        {
            truncated ??= $"The image exports {count} names; the limit {nameof(ScanLimits.MaxSymbols)} is {_limits.MaxSymbols}.";
            count = (uint)_limits.MaxSymbols;
        }

        var exports = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < count && names >= 0 && _reader.TryReadUInt32(names + (4L * i), out uint address); i++)
        {
            if (PeParser.Name(_reader, _image.ToOffset(address)) is not { } name)
                break;
            exports.Add(name);
        }

        return exports.ToImmutable();
    }

    // A tree of three levels; a hostile one has cycles, so directories are visited once and counted.
    private int CountResources(ref string? truncated)
    {
        long root = Directory(2) is { Address: > 0 } d ? _image.ToOffset(d.Address) : -1;
        if (root < 0)
            return 0;
        var pending = new Stack<long>();
        var seen = new HashSet<long>();
        pending.Push(root);
        int leaves = 0, steps = 0;
        while (pending.TryPop(out long directory))
        {
            if (!seen.Add(directory))
            {
                _anomalies.Add("the resource tree has a cycle");
                continue;
            }

            int entries = _reader.UInt16(directory + 12) + _reader.UInt16(directory + 14);
            for (int i = 0; i < entries; i++)
            {
                if (++steps > _limits.MaxParseIterations)
                {
                    truncated ??= $"The resource tree has more entries than the limit {nameof(ScanLimits.MaxParseIterations)} = {_limits.MaxParseIterations}.";
                    return leaves;
                }

                if (!_reader.TryReadUInt32(directory + 16 + (8L * i) + 4, out uint target))
                    break;
                if ((target & 0x80000000) != 0)
                    pending.Push(root + (target & 0x7FFFFFFF));
                else
                    leaves++;
            }
        }

        return leaves;
    }

    private int CountTlsCallbacks()
    {
        long table = Directory(9) is { Address: > 0 } d ? _image.ToOffset(d.Address) : -1;
        if (table < 0)
            return 0;
        ulong pointer = _image.Is64Bit ? _reader.UInt64(table + 24) : _reader.UInt32(table + 12);
        if (pointer < _image.ImageBase || pointer - _image.ImageBase > uint.MaxValue)
            return 0;
        long at = _image.ToOffset((uint)(pointer - _image.ImageBase));
        int size = _image.Is64Bit ? 8 : 4, count = 0;
        while (at >= 0 && count < 1000 && _reader.Contains(at, size) && (_image.Is64Bit ? _reader.UInt64(at) : _reader.UInt32(at)) != 0)
        {
            count++;
            at += size;
        }

        return count;
    }

    private PeImage ReadLoadConfiguration(PeImage image)
    {
        long table = Directory(10) is { Address: > 0 } d ? _image.ToOffset(d.Address) : -1;
        if (table < 0)
            return image;
        uint size = _reader.UInt32(table);
        bool wide = image.Is64Bit;
        bool cookie = size >= (wide ? 0x60u : 0x40u) && (wide ? _reader.UInt64(table + 0x58) : _reader.UInt32(table + 0x3C)) != 0;
        long handlers = !wide && size >= 0x48 ? _reader.UInt32(table + 0x44) : -1;
        return image with { HasStackCookie = cookie, SafeHandlerCount = handlers };
    }

    private PeImage ReadDebug(PeImage image)
    {
        (uint address, uint size) = Directory(6);
        long table = address > 0 ? _image.ToOffset(address) : -1;
        if (table < 0)
            return image;
        string? symbols = null;
        bool deterministic = false, shadow = false;
        for (int i = 0; i < Math.Min(size / 28, 64); i++)
        {
            long at = table + (28L * i);
            uint type = _reader.UInt32(at + 12), length = _reader.UInt32(at + 16), offset = _reader.UInt32(at + 24);
            if (type == 2 && length > 24 && _reader.UInt32(offset) == 0x53445352)
                symbols ??= Encoding.UTF8.GetString(TrimNul(_reader.SliceUpTo(offset + 24L, Math.Min(length - 24, 1024))));
            deterministic |= type == 16;
            shadow |= type == 20 && length >= 4 && (_reader.UInt32(offset) & 1) != 0;
        }

        return image with { SymbolPath = symbols, IsDeterministic = deterministic, IsShadowStackCompatible = shadow };
    }

    private static ReadOnlySpan<byte> TrimNul(ReadOnlySpan<byte> text) => text.IndexOf((byte)0) is var end and >= 0 ? text[..end] : text;
}
