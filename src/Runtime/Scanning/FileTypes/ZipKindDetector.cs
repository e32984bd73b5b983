using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>Tells zip-based formats apart by the names of their first members.</summary>
internal static class ZipKindDetector
{
    private const int MaxMembers = 256;

    public static FileFormat Detect(ReadOnlySpan<byte> content)
    {
        var reader = new SpanReader(content);
        bool contentTypes = false, vsix = false, nuspec = false, manifest = false, dex = false;
        long at = 0;
        for (int i = 0; i < MaxMembers && reader.TrySlice(at, 30, out ReadOnlySpan<byte> header) && header.StartsWith("PK\x03\x04"u8); i++)
        {
            ushort nameLength = reader.UInt16(at + 26), extraLength = reader.UInt16(at + 28);
            if (!reader.TrySlice(at + 30, nameLength, out ReadOnlySpan<byte> name))
                break;
            if (i == 0 && name.SequenceEqual("mimetype"u8))
            {
                ReadOnlySpan<byte> type = reader.SliceUpTo(at + 30 + nameLength + extraLength, 64);
                if (type.StartsWith("application/epub+zip"u8))
                    return FileFormats.Get("epub");
                if (type.StartsWith("application/vnd.oasis.opendocument"u8))
                    return FileFormats.Get("open-document");
            }

            if (name.StartsWith("word/"u8))
                return FileFormats.Get("office-open-xml-document");
            if (name.StartsWith("xl/"u8))
                return FileFormats.Get("office-open-xml-workbook");
            if (name.StartsWith("ppt/"u8))
                return FileFormats.Get("office-open-xml-presentation");
            contentTypes |= name.SequenceEqual("[Content_Types].xml"u8);
            vsix |= name.SequenceEqual("extension.vsixmanifest"u8);
            nuspec |= name.EndsWith(".nuspec"u8) && name.IndexOf((byte)'/') < 0;
            manifest |= name.SequenceEqual("META-INF/MANIFEST.MF"u8);
            dex |= name.SequenceEqual("classes.dex"u8) || name.SequenceEqual("AndroidManifest.xml"u8);

            // Members with a data descriptor do not tell their size here: the next header has to be searched for.
            uint size = reader.UInt32(at + 18);
            long next = at + 30 + nameLength + extraLength;
            if ((reader.UInt16(at + 6) & 8) != 0 && size == 0)
            {
                int step = reader.SliceUpTo(next, content.Length).IndexOf("PK\x03\x04"u8);
                if (step < 0)
                    break;
                next += step;
            }
            else
            {
                next += size;
            }

            at = next;
        }

        if (!nuspec && !vsix)
            NamesAtEnd(reader, ref nuspec, ref vsix, ref manifest, ref dex);
        if (vsix)
            return FileFormats.Get("visual-studio-extension");
        if (nuspec)
            return FileFormats.NuGetPackage;
        if (dex)
            return FileFormats.Get("android-package");
        return manifest ? FileFormats.Get("java-archive") : FileFormats.Zip;
    }

    private static void NamesAtEnd(SpanReader reader, ref bool nuspec, ref bool vsix, ref bool manifest, ref bool dex)
    {
        int tail = Math.Min(reader.Length, 65_557);
        int end = reader.Bytes[^tail..].LastIndexOf("PK\x05\x06"u8);
        if (end < 0)
            return;
        long at = reader.UInt32(reader.Length - tail + end + 16);
        for (int i = 0; i < 4096 && reader.TrySlice(at, 46, out ReadOnlySpan<byte> header) && header.StartsWith("PK\x01\x02"u8); i++)
        {
            ushort nameLength = reader.UInt16(at + 28);
            if (!reader.TrySlice(at + 46, nameLength, out ReadOnlySpan<byte> name))
                return;
            nuspec |= name.EndsWith(".nuspec"u8) && name.IndexOf((byte)'/') < 0;
            vsix |= name.SequenceEqual("extension.vsixmanifest"u8);
            manifest |= name.SequenceEqual("META-INF/MANIFEST.MF"u8);
            dex |= name.SequenceEqual("classes.dex"u8);
            at += 46L + nameLength + reader.UInt16(at + 30) + reader.UInt16(at + 32);
        }
    }
}
