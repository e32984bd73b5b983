using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sources.SourceRows;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>What the user and the machine that run the program decide: console, environment, files, registry, windows, child processes, settings.</summary>
internal static class LocalSources
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.CreateRange<Source>([
        // System.Console and System.Environment reference.
        .. Results(SourceKinds.ConsoleInput, "System.Console", "standard input", "ReadKey", "OpenStandardInput"),
        Source.Property(SourceKinds.ConsoleInput, "System.Console", "In", describe: "standard input"),
        .. Results(SourceKinds.EnvironmentVariable, "System.Environment", "environment variable", "GetEnvironmentVariables", "ExpandEnvironmentVariables"),
        Source.Property(SourceKinds.CommandLine, "System.Environment", "CommandLine", describe: "command line"),

        // System.IO.File reference.
        .. Results(
            SourceKinds.FileContent, "System.IO.File", "file",
            "ReadAllText", "ReadAllTextAsync", "ReadAllLines", "ReadAllLinesAsync", "ReadLines", "ReadLinesAsync", "ReadAllBytes", "ReadAllBytesAsync", "OpenText", "OpenRead", "Open"),
        .. Results(SourceKinds.FileContent, "System.IO.FileInfo", "file", "OpenText", "OpenRead", "Open"),
        Source.Construction(SourceKinds.FileContent, "System.IO.StreamReader", "file", static member => FirstIsText(member)),
        Source.Construction(SourceKinds.FileContent, "System.IO.FileStream", "file"),
        .. Results(SourceKinds.FileName, "System.IO.Directory", "file name", "GetFiles", "GetDirectories", "GetFileSystemEntries", "EnumerateFiles", "EnumerateDirectories", "EnumerateFileSystemEntries"),
        .. Results(SourceKinds.FileName, "System.IO.DirectoryInfo", "file name", "GetFiles", "GetDirectories", "GetFileSystemInfos", "EnumerateFiles", "EnumerateDirectories", "EnumerateFileSystemInfos"),

        // Microsoft.Win32 reference.
        .. Results(SourceKinds.RegistryValue, "Microsoft.Win32.Registry", "registry", "GetValue"),
        .. Results(SourceKinds.RegistryValue, "Microsoft.Win32.RegistryKey", "registry", "GetValue", "GetValueNames", "GetSubKeyNames"),

        // System.Diagnostics.Process reference.
        .. Properties(SourceKinds.ProcessOutput, "System.Diagnostics.Process", "output of a program", "StandardOutput", "StandardError"),
        .. Properties(SourceKinds.ProcessOutput, "System.Diagnostics.DataReceivedEventArgs", "output of a program", "Data"),

        // Windows.
        .. Properties(SourceKinds.UserInterface, "System.Windows.Forms.TextBoxBase", "text box", "Text"),
        .. Properties(SourceKinds.UserInterface, "System.Windows.Forms.TextBox", "text box", "Text"),
        .. Properties(SourceKinds.UserInterface, "System.Windows.Forms.ComboBox", "combo box", "Text"),
        .. Properties(SourceKinds.UserInterface, "System.Windows.Controls.TextBox", "text box", "Text"),
        .. Results(SourceKinds.UserInterface, "System.Windows.Forms.Clipboard", "clipboard", "GetText", "GetData"),
        .. Results(SourceKinds.UserInterface, "System.Windows.Clipboard", "clipboard", "GetText", "GetData"),

        // Microsoft.Extensions.Configuration and System.Configuration reference.
        Source.IndexerValue(SourceKinds.ConfigurationValue, "Microsoft.Extensions.Configuration.IConfiguration", includeImplementations: true, describe: "configuration"),
        .. Results(SourceKinds.ConfigurationValue, "Microsoft.Extensions.Configuration.ConfigurationBinder", "configuration", "GetValue", "Get"),
        .. Properties(SourceKinds.ConfigurationValue, "Microsoft.Extensions.Configuration.IConfigurationSection", "configuration", "Value"),
        Source.Property(SourceKinds.ConfigurationValue, "System.Configuration.ConfigurationManager", "AppSettings", describe: "configuration"),
    ]);

    private static bool FirstIsText(ISymbol member) => member is IMethodSymbol { Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] };
}
