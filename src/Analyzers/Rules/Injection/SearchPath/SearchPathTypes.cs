using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.SearchPath;

/// <summary>The types that start programs and load libraries, looked up once for a compilation.</summary>
internal sealed class SearchPathTypes
{
    public SearchPathTypes(Compilation compilation, bool isWindows)
    {
        var types = KnownTypes.For(compilation);
        IsWindows = isWindows;
        Process = types.Find("System.Diagnostics.Process");
        StartInfo = types.Find("System.Diagnostics.ProcessStartInfo");
        Assembly = types.Find("System.Reflection.Assembly");
        NativeLibrary = types.Find("System.Runtime.InteropServices.NativeLibrary");
        Environment = types.Find("System.Environment");
    }

    /// <summary>Whether the program runs on Windows only.</summary>
    public bool IsWindows { get; }

    public INamedTypeSymbol? Process { get; }

    public INamedTypeSymbol? StartInfo { get; }

    public INamedTypeSymbol? Assembly { get; }

    public INamedTypeSymbol? NativeLibrary { get; }

    public INamedTypeSymbol? Environment { get; }
}
