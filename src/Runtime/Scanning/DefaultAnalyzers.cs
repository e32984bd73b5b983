using System.Collections.Immutable;
using SecurityToolchain.Scanning.Archives;
using SecurityToolchain.Scanning.Binaries.DotNet;
using SecurityToolchain.Scanning.Binaries.DotNet.Resources;
using SecurityToolchain.Scanning.Binaries.DotNet.Symbols;
using SecurityToolchain.Scanning.Binaries.Elf;
using SecurityToolchain.Scanning.Binaries.MachO;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Deployment;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Secrets;

namespace SecurityToolchain.Scanning;

/// <summary>The analyzers that run when the options name none.</summary>
public static class DefaultAnalyzers
{
    /// <summary>Creates the list; the order is the order in which they look at a file.</summary>
    public static ImmutableArray<IContentAnalyzer> Create() =>
    [
        new FileTypeAnalyzer(),
        new ArchiveAnalyzer(),
        new SecretAnalyzer(),
        new BinarySecretAnalyzer(),
        new ResourcesAnalyzer(),
        new PeAnalyzer(),
        new SymbolsAnalyzer(),
        new ElfAnalyzer(),
        new MachOAnalyzer(),
        new DockerfileAnalyzer(),
        new YamlAnalyzer(),
        new XmlConfigurationAnalyzer(),
        new AppSettingsAnalyzer(),
    ];

    /// <summary>The analyzers that find strings no byte-wise search finds.</summary>
    public static ImmutableArray<IContentAnalyzer> ForStrings() => [new DotNetStringAnalyzer()];
}
