using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>Remembers which content a file had when it was last read, by what the file system says about the file. Thread-safe.</summary>
internal interface IContentIndex
{
    /// <summary>The digest of the content that the file had, and still has when nobody set the clock back; null when it is not known.</summary>
    byte[]? TryGetContent(in FileIdentity identity);

    /// <summary>Remembers a content. The caller has seen to it that the identity was settled before the file was read, and the same afterwards.</summary>
    void AddContent(in FileIdentity identity, ReadOnlySpan<byte> digest);
}
