namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>What to verify: the restored packages of one project.</summary>
public sealed record GateRequest
{
    /// <summary>The full path of the project file.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>The folder with project.assets.json and the generated imports: <c>MSBuildProjectExtensionsPath</c>.</summary>
    public required string ExtensionsFolder { get; init; }

    /// <summary>The assets file that the build is going to read; null takes the one in <see cref="ExtensionsFolder"/>.</summary>
    public string? AssetsFile { get; init; }

    /// <summary>The value of <c>NuGetLockFilePath</c>; may be empty.</summary>
    public string? LockFile { get; init; }

    /// <summary>The value of <c>NuGetPackageRoot</c> in the evaluation that imported package files; empty when none were imported.</summary>
    public string? PackageRoot { get; init; }

    /// <summary>The folder of the SDK, for its bundle of trusted roots.</summary>
    public required string SdkFolder { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The key of stamps and records; null remembers nothing.</summary>
    public Stamps.StateKey? Key { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the stamp of an earlier run may answer, and whether this run leaves one.</summary>
    public bool UseStamp { get; init; } = true;

    /// <summary>
    /// Told how many packages of how many are done, at most every two seconds, from any thread but never from two at once; null stays silent.
    /// </summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>The folder of the project.</summary>
    public string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>The name of the project file with its extension.</summary>
    public string ProjectFileName => Path.GetFileName(ProjectFile);

    /// <summary>The assets file.</summary>
    public string EffectiveAssetsFile => string.IsNullOrEmpty(AssetsFile)
        ? Path.Combine(ExtensionsFolder, "project.assets.json")
        : Path.GetFullPath(Path.Combine(ProjectFolder, AssetsFile));
}
