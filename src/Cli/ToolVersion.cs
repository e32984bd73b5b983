using System.Reflection;

namespace SecurityToolchain.Cli;

/// <summary>The version of this tool.</summary>
internal static class ToolVersion
{
    /// <summary>The version as packages carry it; the tool and the SDK package are released together.</summary>
    public static string Package { get; } = ReadPackageVersion();

    private static string ReadPackageVersion()
    {
        string informational = typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        int metadata = informational.IndexOf('+', StringComparison.Ordinal);
        return metadata < 0 ? informational : informational[..metadata];
    }
}
