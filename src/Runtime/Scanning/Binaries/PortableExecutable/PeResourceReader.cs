using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>Reads the resource tree: type, name, language, data. A hostile tree has cycles and shares directories, so every directory is entered once.</summary>
internal static class PeResourceReader
{
    private const int MaxNameLength = 256;

    private static readonly string[] TypeNames =
    [
        "", "cursor", "bitmap", "icon", "menu", "dialog", "string", "font-directory", "font", "accelerator", "data", "message-table", "group-cursor", "", "group-icon", "", "version",
        "dialog-include", "", "plug-and-play", "vxd", "animated-cursor", "animated-icon", "html", "manifest",
    ];

    /// <summary>Reads the leaves.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="image">The parsed image.</param>
    /// <param name="limits">The bounds.</param>
    public static ImmutableArray<PeResource> Read(ReadOnlySpan<byte> bytes, PeImage image, ScanLimits limits)
    {
        var reader = new SpanReader(bytes);
        long root = image.Directories.Length > 2 && image.Directories[2].Address > 0 ? image.ToOffset(image.Directories[2].Address) : -1;
        var found = ImmutableArray.CreateBuilder<PeResource>();
        if (root < 0)
            return [];
        var seen = new HashSet<long>();
        var pending = new Stack<(long Offset, int Level, int Type, string TypeName, string Name)>();
        pending.Push((root, 0, 0, "", ""));
        int steps = 0;
        while (pending.TryPop(out (long Offset, int Level, int Type, string TypeName, string Name) directory))
        {
            if (!seen.Add(directory.Offset))
                continue;
            int entries = reader.UInt16(directory.Offset + 12) + reader.UInt16(directory.Offset + 14);
            for (int i = 0; i < entries; i++)
            {
                long at = directory.Offset + 16 + (8L * i);
                if (++steps > limits.MaxParseIterations || !reader.Contains(at, 8))
                    return Sorted(found);
                uint id = reader.UInt32(at), target = reader.UInt32(at + 4);
                (int type, string typeName, string name) = (directory.Type, directory.TypeName, directory.Name);
                if (directory.Level == 0)
                    (type, typeName) = TypeOf(reader, root, id);
                else if (directory.Level == 1)
                    name = NameOf(reader, root, id);
                if ((target & 0x80000000) != 0)
                {
                    if (directory.Level < 2)
                        pending.Push((root + (target & 0x7FFFFFFF), directory.Level + 1, type, typeName, name));
                    continue;
                }

                long leaf = root + target, data = image.ToOffset(reader.UInt32(leaf));
                uint length = reader.UInt32(leaf + 4);
                if (reader.Contains(leaf, 16) && data >= 0 && reader.Contains(data, length))
                    found.Add(new PeResource(type, typeName, name, directory.Level == 2 ? (int)(id & 0xFFFF) : 0, data, (int)length));
            }
        }

        return Sorted(found);
    }

    private static ImmutableArray<PeResource> Sorted(ImmutableArray<PeResource>.Builder found) => [.. found.OrderBy(static r => r.Offset)];

    private static (int Type, string Name) TypeOf(SpanReader reader, long root, uint id)
    {
        if ((id & 0x80000000) != 0)
            return (0, NameOf(reader, root, id));
        string name = id < TypeNames.Length ? TypeNames[id] : "";
        return ((int)id, name.Length > 0 ? name : id.ToString(CultureInfo.InvariantCulture));
    }

    private static string NameOf(SpanReader reader, long root, uint id)
    {
        if ((id & 0x80000000) == 0)
            return id.ToString(CultureInfo.InvariantCulture);
        long at = root + (id & 0x7FFFFFFF);
        ReadOnlySpan<byte> text = reader.SliceUpTo(at + 2, 2L * Math.Min((int)reader.UInt16(at), MaxNameLength));
        return PrintableText.Escape(Encoding.Unicode.GetString(text), MaxNameLength);
    }
}
