using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>The types of a compilation through which code reaches the file system.</summary>
internal sealed class FileSystemTypes
{
    private const string Abstractions = "System.IO.Abstractions.";

    private readonly Dictionary<INamedTypeSymbol, FileSystemRole> _roles = new(SymbolEqualityComparer.Default);

    private FileSystemTypes(Compilation compilation)
    {
        Add(compilation, FileSystemRole.File, "System.IO.File", Abstractions + "IFile", Abstractions + "FileBase", Abstractions + "FileWrapper");
        Add(compilation, FileSystemRole.Directory,
            "System.IO.Directory", Abstractions + "IDirectory", Abstractions + "DirectoryBase", Abstractions + "DirectoryWrapper");
        Add(compilation, FileSystemRole.Path, "System.IO.Path", Abstractions + "IPath", Abstractions + "PathBase", Abstractions + "PathWrapper");
        Add(compilation, FileSystemRole.FileInfo, "System.IO.FileInfo", Abstractions + "IFileInfo", Abstractions + "FileInfoBase");
        Add(compilation, FileSystemRole.DirectoryInfo, "System.IO.DirectoryInfo", Abstractions + "IDirectoryInfo", Abstractions + "DirectoryInfoBase");
        Add(compilation, FileSystemRole.AnyInfo, "System.IO.FileSystemInfo", Abstractions + "IFileSystemInfo", Abstractions + "FileSystemInfoBase");
        Add(compilation, FileSystemRole.InfoExtensions, "System.IO.FileSystemAclExtensions");
        Add(compilation, FileSystemRole.FileSystem, "Microsoft.VisualBasic.FileIO.FileSystem", "Microsoft.VisualBasic.MyServices.FileSystemProxy");
        Add(compilation, FileSystemRole.FileStream, "System.IO.FileStream", Abstractions + "IFileStreamFactory");
        Add(compilation, FileSystemRole.Reader, "System.IO.StreamReader", "System.Xml.XmlTextReader");
        Add(compilation, FileSystemRole.Writer, "System.IO.StreamWriter", "System.Xml.XmlTextWriter");
        Add(compilation, FileSystemRole.Archive, "System.IO.Compression.ZipFile", "System.Formats.Tar.TarFile");
        Add(compilation, FileSystemRole.MappedFile, "System.IO.MemoryMappedFiles.MemoryMappedFile");
        Add(compilation, FileSystemRole.Document,
            "System.Xml.Linq.XDocument", "System.Xml.Linq.XElement", "System.Xml.Linq.XStreamingElement", "System.Xml.XmlDocument",
            "System.Xml.XmlReader", "System.Xml.XmlWriter");
        Add(compilation, FileSystemRole.Loader,
            "System.Reflection.Assembly", "System.Runtime.Loader.AssemblyLoadContext", "System.Runtime.InteropServices.NativeLibrary",
            "System.Security.Cryptography.X509Certificates.X509Certificate2", "System.Security.Cryptography.X509Certificates.X509CertificateLoader");
        FileMode = compilation.GetTypeByMetadataName("System.IO.FileMode");
    }

    /// <summary>The enumeration of open modes.</summary>
    public INamedTypeSymbol? FileMode { get; }

    /// <summary>Resolves the types; null when the compilation has no file system.</summary>
    public static FileSystemTypes? Resolve(Compilation compilation) =>
        compilation.GetTypeByMetadataName("System.IO.File") is null ? null : new FileSystemTypes(compilation);

    /// <summary>What a type is to the file system.</summary>
    public FileSystemRole Role(INamedTypeSymbol? type)
    {
        if (type is null)
            return FileSystemRole.None;
        if (_roles.TryGetValue(type.OriginalDefinition, out FileSystemRole role))
            return role;

        // A team's own abstraction of the same name and member names, and fakes of it.
        if (type.Locations.Length > 0 && type.Locations[0].IsInSource && type.TypeKind == TypeKind.Interface)
        {
            return type.Name switch
            {
                "IFile" => FileSystemRole.File,
                "IDirectory" => FileSystemRole.Directory,
                "IFileSystem" => FileSystemRole.FileSystem,
                _ => FileSystemRole.None,
            };
        }

        return FileSystemRole.None;
    }

    /// <summary>Whether a value of the type stands for a path: <c>FileInfo</c>, <c>DirectoryInfo</c> and their abstractions.</summary>
    public bool IsInfo(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && Role(named) is FileSystemRole.FileInfo or FileSystemRole.DirectoryInfo or FileSystemRole.AnyInfo;

    /// <summary>Whether the type is <c>System.IO.Path</c> or an abstraction of it.</summary>
    public bool IsPath(INamedTypeSymbol? type) => Role(type) == FileSystemRole.Path;

    private void Add(Compilation compilation, FileSystemRole role, params string[] names)
    {
        foreach (string name in names)
        {
            if (compilation.GetTypeByMetadataName(name) is { } type)
                _roles[type] = role;
        }
    }
}
