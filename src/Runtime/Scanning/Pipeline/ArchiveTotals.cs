namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>What all archives nested in one top-level file have used up together.</summary>
internal sealed class ArchiveTotals
{
    /// <summary>Members seen.</summary>
    public int Entries { get; set; }

    /// <summary>Bytes inflated.</summary>
    public long Uncompressed { get; set; }
}
