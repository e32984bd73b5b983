using System.Collections.Immutable;
using static SecurityToolchain.Scanning.FileTypes.FileCategory;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>Every format that <see cref="FileTypeDetector"/> can name.</summary>
public static class FileFormats
{
    private static readonly Dictionary<string, FileFormat> ById = new(StringComparer.Ordinal);

    /// <summary>Bytes of no known format.</summary>
    public static FileFormat Unknown { get; } = Add("unknown", "data", "application/octet-stream", FileCategory.Unknown);

    /// <summary>No bytes.</summary>
    public static FileFormat Empty { get; } = Add("empty", "empty file", "application/x-empty", FileCategory.Empty);

    /// <summary>Text without a more specific format.</summary>
    public static FileFormat Text { get; } = Add("text", "text", "text/plain", FileCategory.Text);

    /// <summary>Windows executables, with .NET assemblies.</summary>
    public static FileFormat PortableExecutable { get; } = Add("portable-executable", "PE executable", "application/vnd.microsoft.portable-executable", Executable, ".exe", ".dll", ".sys", ".ocx", ".scr", ".cpl", ".efi", ".winmd", ".mui", ".drv", ".ax", ".xll", ".node", ".pyd");

    /// <summary>Linux executables, libraries and objects.</summary>
    public static FileFormat Elf { get; } = Add("elf", "ELF executable", "application/x-elf", Executable, ".so", ".o", ".ko", ".elf", ".bin", ".node", ".debug", ".dbg", ".out");

    /// <summary>macOS executables.</summary>
    public static FileFormat MachO { get; } = Add("mach-o", "Mach-O executable", "application/x-mach-binary", Executable, ".dylib", ".o", ".bundle", ".node");

    /// <summary>macOS executables for several processors.</summary>
    public static FileFormat MachOFat { get; } = Add("mach-o-fat", "Mach-O universal binary", "application/x-mach-binary", Executable, ".dylib", ".bundle", ".node");

    /// <summary>Programs of DOS.</summary>
    public static FileFormat DosExecutable { get; } = Add("dos-executable", "DOS executable", "application/x-dosexec", Executable, ".exe", ".com");

    /// <summary>Zip archives.</summary>
    public static FileFormat Zip { get; } = Add("zip", "Zip archive", "application/zip", Archive, ".zip", ".cbz", ".kmz", ".whl", ".xpi", ".crx", ".appx", ".msix", ".nbm", ".vsixmanifest", ".mcpack", ".3mf", ".usdz", ".pyz", ".egg", ".ear", ".aar");

    /// <summary>NuGet packages.</summary>
    public static FileFormat NuGetPackage { get; } = Add("nuget-package", "NuGet package", "application/zip", Archive, ".nupkg", ".snupkg", ".zip");

    /// <summary>Gzip.</summary>
    public static FileFormat Gzip { get; } = Add("gzip", "gzip compressed data", "application/gzip", Archive, ".gz", ".tgz", ".svgz", ".emz", ".dsy", ".adz");

    /// <summary>Zlib streams.</summary>
    public static FileFormat Zlib { get; } = Add("zlib", "zlib compressed data", "application/zlib", Archive, ".zz", ".zlib");

    /// <summary>Brotli streams; known by name only, the format has no signature.</summary>
    public static FileFormat Brotli { get; } = Add("brotli", "Brotli compressed data", "application/x-brotli", Archive, ".br");

    /// <summary>Tar archives.</summary>
    public static FileFormat Tar { get; } = Add("tar", "tar archive", "application/x-tar", Archive, ".tar", ".gem", ".ova");

    /// <summary>Every format.</summary>
    public static ImmutableArray<FileFormat> All => LazyAll.Value;

    private static readonly Lazy<ImmutableArray<FileFormat>> LazyAll = new(static () =>
    {
        AddRest();
        return [.. ById.Values.OrderBy(static format => format.Id, StringComparer.Ordinal)];
    });

    /// <summary>Finds a format.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="KeyNotFoundException">There is no such format.</exception>
    public static FileFormat Get(string id) => LazyAll.Value.IsDefault ? Unknown : ById[id];

    private static FileFormat Add(string id, string description, string mediaType, FileCategory category, params ReadOnlySpan<string> extensions)
    {
        var format = new FileFormat(id, description, mediaType, category, [.. extensions]);
        ById.Add(id, format);
        return format;
    }

    private static void AddRest()
    {
        // Archives and packages.
        Add("office-open-xml-document", "Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Document, ".docx", ".docm", ".dotx", ".dotm");
        Add("office-open-xml-workbook", "Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Document, ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".xlsb");
        Add("office-open-xml-presentation", "PowerPoint presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation", Document, ".pptx", ".pptm", ".potx", ".ppsx", ".ppsm", ".ppam", ".potm");
        Add("java-archive", "Java archive", "application/java-archive", Archive, ".jar", ".war", ".ear", ".zip", ".aar");
        Add("android-package", "Android package", "application/vnd.android.package-archive", Archive, ".apk", ".zip");
        Add("open-document", "OpenDocument file", "application/vnd.oasis.opendocument", Document, ".odt", ".ods", ".odp", ".odg", ".odf", ".ott", ".ots", ".otp");
        Add("epub", "EPUB book", "application/epub+zip", Document, ".epub");
        Add("visual-studio-extension", "Visual Studio extension", "application/vsix", Archive, ".vsix", ".zip");
        Add("bzip2", "bzip2 compressed data", "application/x-bzip2", Archive, ".bz2", ".tbz", ".tbz2");
        Add("xz", "XZ compressed data", "application/x-xz", Archive, ".xz", ".txz");
        Add("lzma", "LZMA compressed data", "application/x-lzma", Archive, ".lzma");
        Add("zstandard", "Zstandard compressed data", "application/zstd", Archive, ".zst", ".tzst", ".zstd");
        Add("lz4", "LZ4 compressed data", "application/x-lz4", Archive, ".lz4");
        Add("unix-compress", "compress'd data", "application/x-compress", Archive, ".z", ".taz");
        Add("lzip", "lzip compressed data", "application/x-lzip", Archive, ".lz");
        Add("7-zip", "7-Zip archive", "application/x-7z-compressed", Archive, ".7z", ".cb7");
        Add("rar", "RAR archive", "application/vnd.rar", Archive, ".rar", ".cbr");
        Add("cabinet", "Microsoft cabinet", "application/vnd.ms-cab-compressed", Archive, ".cab", ".msu", ".snt");
        Add("arj", "ARJ archive", "application/x-arj", Archive, ".arj");
        Add("ace", "ACE archive", "application/x-ace-compressed", Archive, ".ace");
        Add("lha", "LHA archive", "application/x-lzh-compressed", Archive, ".lzh", ".lha");
        Add("cpio", "cpio archive", "application/x-cpio", Archive, ".cpio");
        Add("ar", "ar archive", "application/x-archive", Archive, ".a", ".lib");
        Add("debian-package", "Debian package", "application/vnd.debian.binary-package", Archive, ".deb", ".udeb");
        Add("rpm-package", "RPM package", "application/x-rpm", Archive, ".rpm");
        Add("xar", "xar archive", "application/x-xar", Archive, ".xar", ".pkg");
        Add("windows-imaging", "Windows image", "application/x-ms-wim", DiskImage, ".wim", ".esd", ".swm");
        Add("compiled-help", "Compiled HTML help", "application/vnd.ms-htmlhelp", Archive, ".chm", ".chi");

        // Documents.
        Add("pdf", "PDF document", "application/pdf", Document, ".pdf", ".ai", ".fdf");
        Add("postscript", "PostScript", "application/postscript", Document, ".ps", ".eps", ".ai");
        Add("compound-file", "Compound file (old Office, MSI)", "application/x-ole-storage", Document, ".doc", ".xls", ".ppt", ".msi", ".msg", ".dot", ".xlt", ".pot", ".mst", ".msp", ".vsd", ".mpp", ".pub", ".db", ".suo", ".xla", ".pps", ".wps");
        Add("rich-text", "Rich Text document", "application/rtf", Document, ".rtf", ".doc");
        Add("shell-link", "Windows shortcut", "application/x-ms-shortcut", Executable, ".lnk");
        Add("djvu", "DjVu document", "image/vnd.djvu", Document, ".djvu", ".djv");

        // Images.
        Add("png", "PNG image", "image/png", Image, ".png", ".apng");
        Add("jpeg", "JPEG image", "image/jpeg", Image, ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo");
        Add("gif", "GIF image", "image/gif", Image, ".gif");
        Add("bmp", "Windows bitmap", "image/bmp", Image, ".bmp", ".dib", ".rle");
        Add("webp", "WebP image", "image/webp", Image, ".webp");
        Add("tiff", "TIFF image", "image/tiff", Image, ".tif", ".tiff", ".dng", ".nef", ".cr2", ".arw");
        Add("icon", "Windows icon", "image/vnd.microsoft.icon", Image, ".ico");
        Add("cursor", "Windows cursor", "image/x-win-bitmap", Image, ".cur");
        Add("photoshop", "Photoshop image", "image/vnd.adobe.photoshop", Image, ".psd", ".psb");
        Add("jpeg-2000", "JPEG 2000 image", "image/jp2", Image, ".jp2", ".j2k", ".jpf", ".jpx");
        Add("jpeg-xl", "JPEG XL image", "image/jxl", Image, ".jxl");
        Add("heif", "HEIF or AVIF image", "image/heif", Image, ".heic", ".heif", ".avif");
        Add("svg", "SVG image", "image/svg+xml", Image, ".svg", ".xml");
        Add("direct-draw-surface", "DirectDraw surface", "image/vnd-ms.dds", Image, ".dds");
        Add("icns", "macOS icon", "image/icns", Image, ".icns");
        Add("windows-metafile", "Enhanced metafile", "image/emf", Image, ".emf");
        Add("openexr", "OpenEXR image", "image/x-exr", Image, ".exr");
        Add("qoi", "QOI image", "image/qoi", Image, ".qoi");

        // Sound and video.
        Add("wave", "WAVE audio", "audio/wav", Audio, ".wav");
        Add("mp3", "MP3 audio", "audio/mpeg", Audio, ".mp3");
        Add("flac", "FLAC audio", "audio/flac", Audio, ".flac");
        Add("ogg", "Ogg media", "application/ogg", Audio, ".ogg", ".oga", ".ogv", ".opus", ".spx", ".ogx");
        Add("midi", "MIDI", "audio/midi", Audio, ".mid", ".midi");
        Add("aiff", "AIFF audio", "audio/aiff", Audio, ".aif", ".aiff", ".aifc");
        Add("amr", "AMR audio", "audio/amr", Audio, ".amr");
        Add("mp4", "MP4 media", "video/mp4", Video, ".mp4", ".m4v", ".m4a", ".m4b", ".f4v");
        Add("quicktime", "QuickTime media", "video/quicktime", Video, ".mov", ".qt");
        Add("3gpp", "3GPP media", "video/3gpp", Video, ".3gp", ".3g2");
        Add("matroska", "Matroska or WebM media", "video/x-matroska", Video, ".mkv", ".webm", ".mka");
        Add("avi", "AVI video", "video/x-msvideo", Video, ".avi");
        Add("mpeg", "MPEG video", "video/mpeg", Video, ".mpg", ".mpeg", ".vob");
        Add("flash-video", "Flash video", "video/x-flv", Video, ".flv");
        Add("flash", "Flash program", "application/x-shockwave-flash", Executable, ".swf");
        Add("advanced-systems", "Windows Media", "video/x-ms-asf", Video, ".asf", ".wmv", ".wma");

        // Fonts.
        Add("truetype", "TrueType font", "font/ttf", Font, ".ttf", ".ttc");
        Add("opentype", "OpenType font", "font/otf", Font, ".otf");
        Add("truetype-collection", "TrueType collection", "font/collection", Font, ".ttc", ".otc");
        Add("woff", "Web font", "font/woff", Font, ".woff");
        Add("woff2", "Web font 2", "font/woff2", Font, ".woff2");

        // Programs and intermediate code.
        Add("java-class", "Java class", "application/java-vm", Executable, ".class");
        Add("dalvik", "Dalvik executable", "application/vnd.android.dex", Executable, ".dex");
        Add("webassembly", "WebAssembly", "application/wasm", Executable, ".wasm");
        Add("llvm-bitcode", "LLVM bitcode", "application/x-llvm", Executable, ".bc");
        Add("python-bytecode", "Python bytecode", "application/x-python-code", Executable, ".pyc", ".pyo");
        Add("lua-bytecode", "Lua bytecode", "application/x-lua-bytecode", Executable, ".luac");
        Add("coff-object", "COFF object", "application/x-coff", Executable, ".obj", ".o");
        Add("windows-resource", "Compiled Windows resource", "application/x-ms-res", Data, ".res");
        Add("portable-debug-data", "Portable PDB", "application/x-portable-pdb", Data, ".pdb");
        Add("windows-debug-data", "Windows PDB", "application/x-ms-pdb", Data, ".pdb");
        Add("dotnet-resources", ".NET resources", "application/x-dotnet-resources", Data, ".resources");
        Add("msbuild-binary-log", "MSBuild binary log", "application/x-msbuild-binlog", Data, ".binlog");

        // Data.
        Add("sqlite", "SQLite database", "application/vnd.sqlite3", Data, ".db", ".sqlite", ".sqlite3", ".db3", ".ide", ".gpkg");
        Add("access-database", "Access database", "application/x-msaccess", Data, ".mdb", ".accdb");
        Add("registry-hive", "Windows registry hive", "application/x-ms-registry", Data, ".dat", ".hiv", ".hve");
        Add("event-log", "Windows event log", "application/x-ms-evtx", Data, ".evtx");
        Add("packet-capture", "Packet capture", "application/vnd.tcpdump.pcap", Data, ".pcap", ".cap", ".dmp");
        Add("packet-capture-ng", "Packet capture (next generation)", "application/x-pcapng", Data, ".pcapng", ".ntar");
        Add("binary-property-list", "Binary property list", "application/x-bplist", Data, ".plist", ".strings");
        Add("parquet", "Parquet table", "application/vnd.apache.parquet", Data, ".parquet");
        Add("hdf5", "HDF5 data", "application/x-hdf5", Data, ".h5", ".hdf5");
        Add("java-serialized", "Java serialised objects", "application/x-java-serialized-object", Data, ".ser");
        Add("dotnet-serialized", ".NET BinaryFormatter stream", "application/x-dotnet-serialized", Data, ".bin", ".dat", ".ser");
        Add("python-pickle", "Python pickle", "application/x-pickle", Data, ".pkl", ".pickle", ".p", ".pt");
        Add("git-pack", "Git pack", "application/x-git-pack", Data, ".pack");
        Add("git-index", "Git pack index", "application/x-git-index", Data, ".idx");
        Add("gettext", "Gettext messages", "application/x-gettext-translation", Data, ".mo");
        Add("icc-profile", "Colour profile", "application/vnd.iccprofile", Data, ".icc", ".icm");
        Add("minidump", "Windows minidump", "application/x-dmp", DiskImage, ".dmp", ".mdmp");
        Add("iso-9660", "ISO 9660 image", "application/x-iso9660-image", DiskImage, ".iso");
        Add("virtual-hard-disk", "Virtual hard disk", "application/x-vhd", DiskImage, ".vhd", ".vhdx");
        Add("vmdk", "VMware disk", "application/x-vmdk", DiskImage, ".vmdk");
        Add("qcow", "QEMU disk", "application/x-qemu-disk", DiskImage, ".qcow", ".qcow2");
        Add("squashfs", "SquashFS image", "application/x-squashfs", DiskImage, ".squashfs", ".snap", ".sfs", ".appimage");

        // Keys, certificates, signatures.
        Add("pem", "PEM encoded object", "application/x-pem-file", Cryptographic, ".pem", ".crt", ".cer", ".key", ".csr", ".p7b", ".p7s", ".pub", ".asc", ".txt", ".conf", ".ca-bundle", ".p8", ".pk8");
        Add("der-certificate", "DER encoded certificate or key", "application/pkix-cert", Cryptographic, ".cer", ".crt", ".der", ".p7b", ".p7s", ".p7c", ".pfx", ".p12", ".key", ".spc", ".cat", ".crl", ".pk8");
        Add("strong-name-key", "Strong-name key pair", "application/x-strong-name", Cryptographic, ".snk");
        Add("putty-key", "PuTTY private key", "application/x-putty-key", Cryptographic, ".ppk");
        Add("openssh-private-key", "OpenSSH private key", "application/x-openssh-key", Cryptographic, ".key", ".pem", ".id_rsa", ".openssh");
        Add("pgp", "PGP data", "application/pgp-encrypted", Cryptographic, ".pgp", ".gpg", ".asc", ".sig");
        Add("java-keystore", "Java keystore", "application/x-java-keystore", Cryptographic, ".jks", ".keystore", ".bks");
        Add("keepass", "KeePass database", "application/x-keepass", Cryptographic, ".kdb", ".kdbx");

        // Text with a structure.
        Add("xml", "XML text", "application/xml", FileCategory.Text);
        Add("html", "HTML page", "text/html", FileCategory.Text, ".html", ".htm", ".xhtml", ".cshtml", ".razor", ".aspx", ".ascx", ".vue", ".tmpl", ".hta", ".php", ".jsp", ".erb", ".md", ".mht", ".xml", ".txt");
        Add("json", "JSON text", "application/json", FileCategory.Text);
        Add("shell-script", "Shell script", "text/x-shellscript", Script);
        Add("python-script", "Python script", "text/x-python", Script);
        Add("interpreter-script", "Script with an interpreter line", "text/x-script", Script);
        Add("powershell-script", "PowerShell script", "text/x-powershell", Script);
        Add("batch-script", "Windows batch script", "text/x-msdos-batch", Script);
        Add("php-script", "PHP script", "text/x-php", Script);
        Add("utf16-text", "UTF-16 text", "text/plain; charset=utf-16", FileCategory.Text);
        Add("utf32-text", "UTF-32 text", "text/plain; charset=utf-32", FileCategory.Text);
        Add("latin-text", "Text in an 8-bit encoding", "text/plain; charset=iso-8859-1", FileCategory.Text);
    }
}
