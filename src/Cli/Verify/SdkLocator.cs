using Microsoft.Build.Locator;

namespace SecurityToolchain.Cli.Verify;

/// <summary>Finds the .NET SDK: it ships the bundle of roots for package signatures.</summary>
internal static class SdkLocator
{
    /// <summary>The folder of the newest SDK.</summary>
    /// <exception cref="InvalidDataException">There is no SDK.</exception>
    public static string Find()
    {
        VisualStudioInstance? instance = MSBuildLocator.QueryVisualStudioInstances().OrderByDescending(static sdk => sdk.Version).FirstOrDefault();
        return instance is null
            ? throw new InvalidDataException("no .NET SDK was found; package signatures are verified against the roots that it ships")
            : Path.TrimEndingDirectorySeparator(instance.MSBuildPath);
    }
}
