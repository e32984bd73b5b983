using System.Collections.Frozen;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>What an extension promises.</summary>
internal static class ExtensionTable
{
    private static readonly FrozenSet<string> Claimed = FileFormats.All.SelectMany(static format => format.Extensions).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Extensions that many programs use for their own formats, or that several formats of different kinds share.
    private static readonly FrozenSet<string> Ambiguous = new[]
    {
        ".bin", ".dat", ".db", ".o", ".lib", ".res", ".key", ".pub", ".cat", ".idx", ".mo", ".bc", ".out", ".debug", ".dbg", ".p", ".pt", ".ser", ".cap", ".dmp",
        ".pack", ".strings", ".resources", ".index", ".bundle", ".sig", ".conf", ".txt", ".obj", ".a", ".z", ".ts", ".ai", ".com", ".elf", ".node", ".drv", ".ax", ".mui",
        ".tmpl", ".md", ".class", ".ide", ".suo", ".pkg", ".img", ".icm", ".rle", ".pdb", ".plist", ".pps", ".pot", ".dot", ".mpp", ".pub", ".msg", ".snap", ".spc", ".cur", ".taz",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Text = new[]
    {
        ".txt", ".md", ".csv", ".tsv", ".log", ".json", ".xml", ".yml", ".yaml", ".ini", ".toml", ".config", ".props", ".targets", ".csproj", ".fsproj", ".vbproj", ".sln", ".slnx",
        ".cs", ".vb", ".fs", ".fsx", ".c", ".h", ".cpp", ".hpp", ".java", ".js", ".mjs", ".cjs", ".jsx", ".tsx", ".css", ".scss", ".less", ".html", ".htm", ".cshtml", ".razor",
        ".sql", ".ps1", ".psm1", ".psd1", ".sh", ".bash", ".bat", ".cmd", ".py", ".rb", ".pl", ".php", ".go", ".rs", ".swift", ".kt", ".lua", ".nuspec", ".editorconfig", ".gitignore",
        ".resx", ".xaml", ".xsd", ".xslt", ".tt", ".proto", ".graphql", ".rst", ".tex", ".svg",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Extensions that the operating system runs when the file is opened.</summary>
    public static FrozenSet<string> Runnable { get; } = new[]
    {
        ".exe", ".scr", ".com", ".pif", ".bat", ".cmd", ".vbs", ".vbe", ".wsf", ".wsh", ".hta", ".lnk", ".msi", ".cpl", ".jse", ".ps1", ".application", ".msc", ".reg", ".scf", ".url",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Extensions that people open without a thought.</summary>
    public static FrozenSet<string> Harmless { get; } = new[]
    {
        ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".rtf", ".odt", ".txt", ".csv", ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg",
        ".mp3", ".mp4", ".avi", ".mov", ".mkv", ".wav", ".htm", ".html", ".eml", ".ics", ".zip", ".rar", ".7z",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Extensions of binary formats under which text is out of place.</summary>
    public static FrozenSet<string> NeverText { get; } = new[]
    {
        ".exe", ".dll", ".sys", ".scr", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ico", ".mp3", ".mp4", ".flac", ".ogg", ".avi", ".mkv", ".mov",
        ".ttf", ".otf", ".woff", ".woff2", ".zip", ".nupkg", ".7z", ".rar", ".gz", ".docx", ".xlsx", ".pptx", ".pdf", ".jar", ".wasm",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the extension stands for formats this engine knows, so that another content under it means something.</summary>
    public static bool PromisesFormat(string extension) => !Ambiguous.Contains(extension) && (Claimed.Contains(extension) || Text.Contains(extension));

    /// <summary>Whether the extension is one of text files.</summary>
    public static bool IsText(string extension) => Text.Contains(extension);
}
