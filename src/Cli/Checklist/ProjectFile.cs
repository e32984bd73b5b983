using System.Xml;
using System.Xml.Linq;
using SecurityToolchain.Runtime.Input;

namespace SecurityToolchain.Cli.Checklist;

/// <summary>An MSBuild file, read as XML. What an import from a package adds is not seen.</summary>
internal sealed class ProjectFile
{
    private readonly XElement _root;

    private ProjectFile(string path, XElement root)
    {
        Path = path;
        _root = root;
    }

    /// <summary>Path relative to the repository, with forward slashes.</summary>
    public string Path { get; }

    public bool IsProject => Path.EndsWith("proj", StringComparison.OrdinalIgnoreCase);

    public bool IsTest => Properties("IsTestProject").Any(static value => value.Equals("true", StringComparison.OrdinalIgnoreCase))
        || Items("PackageReference").Any(static id => id.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || id.StartsWith("NUnit", StringComparison.OrdinalIgnoreCase)
            || id.StartsWith("MSTest", StringComparison.OrdinalIgnoreCase) || id.Equals("TUnit", StringComparison.OrdinalIgnoreCase) || id.Equals("Microsoft.NET.Test.Sdk", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="InvalidDataException">The file is no XML.</exception>
    public static ProjectFile Read(string repository, string path)
    {
        string relative = System.IO.Path.GetRelativePath(repository, path).Replace('\\', '/');
        try
        {
            using FileStream stream = File.OpenRead(path);
            return new ProjectFile(relative, SafeXml.Load(stream).Root!);
        }
        catch (XmlException error)
        {
            throw new InvalidDataException($"'{relative}' is not XML: {error.Message}", error);
        }
    }

    /// <summary>The values that a property is set to, conditions ignored.</summary>
    public IEnumerable<string> Properties(string name) => _root.Descendants()
        .Where(element => element.Name.LocalName == name && element.Parent?.Name.LocalName == "PropertyGroup")
        .Select(static element => element.Value.Trim());

    public bool Sets(string name, string value) => Properties(name).Any(set => set.Equals(value, StringComparison.OrdinalIgnoreCase));

    /// <summary>What items of a type include.</summary>
    public IEnumerable<string> Items(string type) => _root.Descendants()
        .Where(element => element.Name.LocalName == type && element.Parent?.Name.LocalName == "ItemGroup")
        .Select(static element => (string?)element.Attribute("Include") ?? string.Empty);

    public bool ImportsSdk(string name) => ((string?)_root.Attribute("Sdk"))?.Contains(name, StringComparison.Ordinal) == true
        || _root.Descendants().Any(element => element.Name.LocalName is "Import" or "Sdk" && (((string?)element.Attribute("Sdk")) == name || ((string?)element.Attribute("Name")) == name));
}
