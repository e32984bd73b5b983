using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that open, list, create or delete what a path names (CWE-22).</summary>
internal static class PathSinks
{
    private const SinkKinds Read = SinkKinds.Path;

    // An archive's entry name does harm where something is written.
    private const SinkKinds Write = SinkKinds.Path | SinkKinds.ArchivePath;

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // System.IO.File reference.
        .. Parameters(
            Read, "System.IO.File", "path",
            "ReadAllText", "ReadAllTextAsync", "ReadAllLines", "ReadAllLinesAsync", "ReadLines", "ReadLinesAsync", "ReadAllBytes", "ReadAllBytesAsync", "OpenRead", "OpenText", "Decrypt", "Encrypt",
            "SetAttributes", "SetUnixFileMode"),
        .. Parameters(
            Write, "System.IO.File", "path",
            "WriteAllText", "WriteAllTextAsync", "WriteAllLines", "WriteAllLinesAsync", "WriteAllBytes", "WriteAllBytesAsync", "AppendAllText", "AppendAllTextAsync", "AppendAllLines",
            "AppendAllLinesAsync", "AppendAllBytes", "AppendAllBytesAsync", "AppendText", "Create", "CreateText", "CreateSymbolicLink", "Delete", "Open", "OpenWrite", "OpenHandle"),
        .. Parameters(Read, "System.IO.File", "sourceFileName", "Copy", "Move", "Replace"),
        .. Parameters(Write, "System.IO.File", "destFileName", "Copy", "Move"),
        .. Parameters(Write, "System.IO.File", "destinationFileName", "Replace"),
        .. Parameters(Write, "System.IO.File", "pathToTarget", "CreateSymbolicLink"),

        // System.IO.Directory reference.
        .. Parameters(
            Read, "System.IO.Directory", "path",
            "GetFiles", "GetDirectories", "GetFileSystemEntries", "EnumerateFiles", "EnumerateDirectories", "EnumerateFileSystemEntries", "SetCurrentDirectory"),
        .. Parameters(Write, "System.IO.Directory", "path", "CreateDirectory", "Delete", "CreateSymbolicLink"),
        .. Parameters(Read, "System.IO.Directory", "sourceDirName", "Move"),
        .. Parameters(Write, "System.IO.Directory", "destDirName", "Move"),

        // Streams, readers and infos.
        .. Constructors(Write, "System.IO.FileStream", "path"),
        .. Constructors(Read, "System.IO.StreamReader", "path"),
        .. Constructors(Write, "System.IO.StreamWriter", "path"),
        .. Parameters(Write, "System.IO.FileInfo", "destFileName", "CopyTo", "MoveTo"),
        .. Parameters(Write, "System.IO.DirectoryInfo", "path", "CreateSubdirectory"),
        .. Parameters(Write, "System.IO.DirectoryInfo", "destDirName", "MoveTo"),
        .. Receivers(Read, "System.IO.FileInfo", "OpenRead", "OpenText"),
        .. Receivers(Write, "System.IO.FileInfo", "Create", "CreateText", "AppendText", "Open", "OpenWrite", "Delete"),
        .. Receivers(Write, "System.IO.DirectoryInfo", "Create", "Delete"),
        .. Receivers(Read, "System.IO.DirectoryInfo", "GetFiles", "EnumerateFiles", "GetDirectories"),
        .. Parameters(Write, "System.IO.MemoryMappedFiles.MemoryMappedFile", "path", "CreateFromFile"),

        // Archives.
        .. Parameters(Write, "System.IO.Compression.ZipFileExtensions", "destinationFileName", "ExtractToFile"),
        .. Parameters(Write, "System.IO.Compression.ZipFileExtensions", "destinationDirectoryName", "ExtractToDirectory"),
        .. Parameters(Read, "System.IO.Compression.ZipFileExtensions", "sourceFileName", "CreateEntryFromFile"),
        .. Parameters(Read, "System.IO.Compression.ZipFile", "archiveFileName", "OpenRead", "Open"),
        .. Parameters(Read, "System.IO.Compression.ZipFile", "sourceArchiveFileName", "ExtractToDirectory"),
        .. Parameters(Write, "System.IO.Compression.ZipFile", "destinationDirectoryName", "ExtractToDirectory"),
        .. Parameters(Read, "System.IO.Compression.ZipFile", "sourceDirectoryName", "CreateFromDirectory"),
        .. Parameters(Write, "System.IO.Compression.ZipFile", "destinationArchiveFileName", "CreateFromDirectory"),
        .. Parameters(Write, "System.Formats.Tar.TarEntry", "destinationFileName", "ExtractToFile", "ExtractToFileAsync"),
        .. Parameters(Write, "System.Formats.Tar.TarFile", "destinationDirectoryName", "ExtractToDirectory", "ExtractToDirectoryAsync"),
        .. Parameters(Write, "SharpCompress.Archives.IArchiveEntryExtensions", "destinationFileName", "WriteToFile"),

        // ASP.NET Core results and System.Web responses.
        .. Parameters(Read, "Microsoft.AspNetCore.Mvc.ControllerBase", "physicalPath", "PhysicalFile"),
        .. Parameters(Read, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "physicalPath", "PhysicalFile"),
        .. Constructors(Read, "Microsoft.AspNetCore.Mvc.PhysicalFileResult", "fileName"),
        .. Parameters(Read, "Microsoft.AspNetCore.Http.Results", "path", "File"),
        .. Parameters(Read, "Microsoft.AspNetCore.Http.TypedResults", "path", "PhysicalFile"),
        .. Parameters(Read, "Microsoft.AspNetCore.Http.SendFileResponseExtensions", "fileName", "SendFileAsync"),
        .. Parameters(Read, "System.Web.HttpResponse", "filename", "WriteFile", "TransmitFile"),
        .. Parameters(Read, "System.Web.HttpResponseBase", "filename", "WriteFile", "TransmitFile"),
        .. Parameters(Write, "System.Web.HttpPostedFile", "filename", "SaveAs"),
        .. Parameters(Write, "System.Web.HttpPostedFileBase", "filename", "SaveAs"),
        .. Parameters(Write, "System.Web.UI.WebControls.FileUpload", "filename", "SaveAs"),
        .. Constructors(Read, "System.Web.Mvc.FilePathResult", "fileName"),
        .. Constructors(Read, "Microsoft.Extensions.FileProviders.PhysicalFileProvider", "root"),

        // Others that take a path.
        .. Properties(Read, "System.Diagnostics.ProcessStartInfo", "WorkingDirectory"),
        .. Constructors(Read, "System.Net.Mail.Attachment", "fileName"),
        .. Parameters(Read, "System.Drawing.Image", "filename", "FromFile"),
        .. Constructors(Read, "System.Drawing.Bitmap", "filename"),
        .. Parameters(Write, "System.Drawing.Image", "filename", "Save"),
        .. Parameters(Read, "SixLabors.ImageSharp.Image", "path", "Load", "LoadAsync"),
        .. Parameters(Read, "System.Xml.XmlDocument", "filename", "Load"),
        .. Parameters(Write, "System.Xml.XmlDocument", "filename", "Save"),
        .. Parameters(Read, "System.Xml.XmlReader", "inputUri", NamesFile, ["Create"]),
        .. Parameters(Read, "System.Xml.Linq.XDocument", "uri", NamesFile, ["Load"]),
        .. Parameters(Read, "System.Xml.Linq.XElement", "uri", NamesFile, ["Load"]),
        .. Constructors(Read, "System.Xml.XmlTextReader", "url"),
        .. Parameters(Read, "System.Net.WebClient", "fileName", "UploadFile", "UploadFileTaskAsync"),
        .. Parameters(Write, "System.Net.WebClient", "fileName", "DownloadFile", "DownloadFileTaskAsync"),
    ]);

    /// <summary>What takes a URL takes a path as well.</summary>
    private static bool NamesFile(SinkSite site) => site.KnownPrefix.IndexOf("://", System.StringComparison.Ordinal) < 0;

    private static ImmutableArray<Sink> Receivers(SinkKinds kinds, string type, params string[] methods)
    {
        ImmutableArray<Sink>.Builder rows = ImmutableArray.CreateBuilder<Sink>();
        foreach (string method in methods)
            rows.Add(Sink.Receiver(kinds, type, method));
        return rows.ToImmutable();
    }
}
