using System.Globalization;

namespace SecurityToolchain.Scanning.Validation;

/// <summary>What files are accepted. Checked when a <see cref="FileValidator"/> is made. Binds from configuration.</summary>
public sealed class FileValidatorOptions
{
    /// <summary>The largest <see cref="MaxSizeInBytes"/>: 256 MiB. The content is held in memory while it is examined.</summary>
    public const long LargestMaxSizeInBytes = 256L << 20;

    /// <summary>Extensions that operating systems, browsers, web servers and shells run.</summary>
    private static readonly string[] s_runnable =
    [
        ".exe", ".dll", ".com", ".scr", ".pif", ".cpl", ".msi", ".msp", ".mst", ".sys", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".mjs", ".wsf", ".wsh",
        ".hta", ".lnk", ".url", ".scf", ".reg", ".inf", ".application", ".appref-ms", ".jar", ".jnlp", ".class", ".sh", ".bash", ".csh", ".ksh", ".zsh", ".command", ".desktop",
        ".app", ".dmg", ".pkg", ".deb", ".rpm", ".apk", ".so", ".dylib", ".php", ".php3", ".php4", ".php5", ".phtml", ".phar", ".asp", ".aspx", ".ashx", ".asmx", ".cshtml",
        ".vbhtml", ".jsp", ".jspx", ".cgi", ".pl", ".py", ".rb", ".htaccess", ".config", ".svg", ".svgz", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".swf", ".xml",
        ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppam", ".ppsm", ".iso", ".img", ".vhd", ".vhdx", ".chm", ".hlp", ".gadget", ".msc", ".settingcontent-ms",
    ];

    /// <summary>Largest file, in bytes: 1 to 256 MiB. Default 10 MiB. Counted while reading, whatever a header or the file system says.</summary>
    public long MaxSizeInBytes { get; set; } = 10L << 20;

    /// <summary>Media types of content that are accepted, compared without case, such as <c>image/png</c>. Empty accepts all but programs; name those that you need.</summary>
    public ISet<string> AllowedMediaTypes { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Extensions that are refused wherever they stand in a name, with their dot, compared without case. Default: what operating systems,
    /// browsers, web servers and shells run, and documents with macros. Remove what you need.
    /// </summary>
    public ISet<string> ForbiddenExtensions { get; } = new HashSet<string>(s_runnable, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether content of another format than the extension promises is refused. Default <see langword="true"/>.</summary>
    public bool RequireMatchingExtension { get; set; } = true;

    /// <summary>Whether the whole scanning engine looks at the content too (secrets, archives, binaries, signatures), and any warning refuses. Default <see langword="false"/>.</summary>
    public bool ScanContent { get; set; }

    internal void Validate()
    {
        if (MaxSizeInBytes is < 1 or > LargestMaxSizeInBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MaxSizeInBytes), MaxSizeInBytes, string.Create(CultureInfo.InvariantCulture, $"MaxSizeInBytes must be between 1 and {LargestMaxSizeInBytes}; got {MaxSizeInBytes}."));
        }

        foreach (string extension in ForbiddenExtensions)
        {
            if (extension.Length < 2 || extension[0] != '.' || extension.IndexOf('.', 1) >= 0)
                throw new ArgumentException($"A forbidden extension must be a dot and what follows the last dot of a name; got '{extension}'.", nameof(ForbiddenExtensions));
        }

        foreach (string type in AllowedMediaTypes)
        {
            if (type.Split('/') is not [{ Length: > 0 }, { Length: > 0 }] || type.Contains('*', StringComparison.Ordinal))
                throw new ArgumentException($"An allowed media type must be a type and a subtype without wildcards, such as image/png; got '{type}'.", nameof(AllowedMediaTypes));
        }
    }
}
