using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>A format that is recognised by content.</summary>
/// <param name="Id">A short name in kebab case, for example <c>portable-executable</c>.</param>
/// <param name="Description">The name for people.</param>
/// <param name="MediaType">The media type, <c>application/octet-stream</c> when there is none.</param>
/// <param name="Category">What it is for.</param>
/// <param name="Extensions">The usual extensions with a dot, in lower case.</param>
public sealed record FileFormat(string Id, string Description, string MediaType, FileCategory Category, ImmutableArray<string> Extensions)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}
