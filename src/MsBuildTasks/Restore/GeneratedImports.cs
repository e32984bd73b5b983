using System.Collections.Immutable;
using System.Xml;

namespace SecurityToolchain.MsBuildTasks.Restore;

/// <summary>The imports in the files that NuGet generates beside project.assets.json.</summary>
public sealed class GeneratedImports
{
    private const string RootProperty = "$(NuGetPackageRoot)";

    private GeneratedImports(ImmutableArray<string> files, ImmutableArray<string> imports)
    {
        Files = files;
        Imports = imports;
    }

    /// <summary>The generated files that exist: nuget.g.props and nuget.g.targets.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>The full paths that they import, in order, without duplicates.</summary>
    public ImmutableArray<string> Imports { get; }

    /// <summary>Reads the generated files.</summary>
    /// <param name="extensionsFolder">The value of <c>MSBuildProjectExtensionsPath</c>.</param>
    /// <param name="projectFileName">The name of the project file with its extension.</param>
    /// <param name="packageRoot">The first package folder: what NuGet writes as <c>NuGetPackageRoot</c>.</param>
    /// <exception cref="InvalidDataException">A file is no project, or an import uses a property that NuGet does not write.</exception>
    public static GeneratedImports Read(string extensionsFolder, string projectFileName, string packageRoot)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var imports = ImmutableArray.CreateBuilder<string>();
        foreach (string suffix in (ReadOnlySpan<string>)[".nuget.g.props", ".nuget.g.targets"])
        {
            string file = Path.Combine(extensionsFolder, projectFileName + suffix);
            if (OptionalFile.ReadBytes(file) is not { } content)
                continue;
            files.Add(file);
            foreach (string import in ReadImports(content, file))
            {
                string full = Expand(import, file, packageRoot);
                if (!imports.Contains(full))
                    imports.Add(full);
            }
        }

        return new GeneratedImports(files.ToImmutable(), imports.ToImmutable());
    }

    private static List<string> ReadImports(byte[] content, string file)
    {
        var imports = new List<string>();
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var stream = new MemoryStream(content, writable: false);
            using var reader = XmlReader.Create(stream, settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "Import")
                {
                    imports.Add(reader.GetAttribute("Project") ?? "");
                    if (reader.GetAttribute("Sdk") is not null)
                        throw new InvalidDataException($"'{file}' imports a project SDK, which NuGet does not write");
                }
                else if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "Target" or "UsingTask" or "Sdk")
                {
                    throw new InvalidDataException($"'{file}' has an element '{reader.LocalName}', which NuGet does not write");
                }
            }
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"'{file}' is not XML: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        return imports;
    }

    private static string Expand(string import, string file, string packageRoot)
    {
        string expanded = import.StartsWith(RootProperty, StringComparison.Ordinal)
            ? Path.Combine(packageRoot, import[RootProperty.Length..])
            : import;
        if (expanded.Length == 0 || expanded.Contains("$(", StringComparison.Ordinal) || expanded.Contains('*', StringComparison.Ordinal))
            throw new InvalidDataException($"'{file}' imports '{import}', which NuGet does not write");
        return Path.GetFullPath(expanded.Replace('\\', '/'));
    }
}
