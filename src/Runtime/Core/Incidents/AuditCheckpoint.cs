namespace SecurityToolchain.Runtime.Incidents;

/// <summary>A place in the chain of an <see cref="AuditFile"/>.</summary>
/// <param name="Sequence">How many lines there are up to here; 0 for an empty file.</param>
/// <param name="Mac">The last line's mac, 64 lower-case hexadecimal digits; zeros for an empty file.</param>
public readonly record struct AuditCheckpoint(long Sequence, string Mac)
{
    /// <summary>The start of every chain.</summary>
    public static AuditCheckpoint Empty { get; } = new(0, new string('0', 64));
}
