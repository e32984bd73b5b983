namespace SecurityToolchain.Tooling;

/// <summary>The working tree that this program was built from, and the folders that builds write to.</summary>
public sealed class Repository
{
    private const string SolutionName = "SecurityToolchain.sln";

    private Repository(string root) => Root = root;

    /// <summary>The folder with the solution.</summary>
    public string Root { get; }

    /// <summary>The solution file.</summary>
    public string Solution => System.IO.Path.Combine(Root, SolutionName);

    /// <summary>The local feed that packing fills.</summary>
    public string Feed => Path("artifacts", "packages");

    /// <summary>Finds the working tree above the folder of the running program, then above the current folder.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither lies in a working tree.</exception>
    public static Repository Find()
    {
        foreach (string start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(System.IO.Path.Combine(folder.FullName, SolutionName)))
                    return new Repository(folder.FullName);
            }
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' or '{Environment.CurrentDirectory}' holds {SolutionName}.");
    }

    /// <summary>A path below the root.</summary>
    public string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);
}
