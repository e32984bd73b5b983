namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>Reports every byte of decompressed content to the extraction, which stops it at its limits.</summary>
internal sealed class BoundedContentStream(Stream inner, ArchiveExtraction extraction) : CountingStream(inner)
{
    protected override void OnRead(int count) => extraction.CountContent(count);
}
