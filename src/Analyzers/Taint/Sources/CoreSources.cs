using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Sources of the base class library that belong to the program's own process.</summary>
internal static class CoreSources
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.Create(
        // System.Console reference: what stands on standard input.
        Source.ReturnValue(SourceKinds.ConsoleInput, "System.Console", "ReadLine", describe: "standard input"),
        // System.Environment reference.
        Source.ReturnValue(SourceKinds.EnvironmentVariable, "System.Environment", "GetEnvironmentVariable", describe: "environment variable"),
        Source.ReturnValue(SourceKinds.CommandLine, "System.Environment", "GetCommandLineArgs", describe: "command line"));
}
