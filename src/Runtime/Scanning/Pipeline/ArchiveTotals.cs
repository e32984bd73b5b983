namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>What all archives nested in one top-level file have used up together.</summary>
internal sealed class ArchiveTotals
{
    /// <summary>Members seen.</summary>
    public int Entries { get; set; }

    /// <summary>Bytes inflated.</summary>
    public long Uncompressed { get; set; }

    /// <summary>Set when a bomb was found: nothing else of the same top-level file is inflated.</summary>
    public bool Refused { get; set; }
}
