namespace SecurityToolchain.Cli.Init;

/// <summary>A planned change of one file.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Content">The new content; empty when there is none.</param>
internal sealed record SetupChange(string Path, string Name, SetupChangeKind Kind, string Content)
{
    /// <summary>The change in words.</summary>
    /// <param name="planned">Whether it has not happened yet.</param>
    public string Describe(bool planned) => Kind switch
    {
        SetupChangeKind.Create => $"{(planned ? "create" : "created")} {Name}",
        SetupChangeKind.Update => $"{(planned ? "update" : "updated")} {Name}",
        SetupChangeKind.Delete => $"{(planned ? "delete" : "deleted")} {Name}",
        _ => $"unchanged {Name}",
    };
}
