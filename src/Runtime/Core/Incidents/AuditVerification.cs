namespace SecurityToolchain.Runtime.Incidents;

/// <summary>What <see cref="AuditVerifier"/> found.</summary>
/// <param name="IsIntact">Whether every line and the whole chain are as they were written.</param>
/// <param name="Checkpoint">The end of the part that is intact.</param>
/// <param name="FirstBadLine">The number of the first line that is not, from 1; null when all are.</param>
/// <param name="Reason">What is wrong with it; empty when nothing is.</param>
public sealed record AuditVerification(bool IsIntact, AuditCheckpoint Checkpoint, long? FirstBadLine, string Reason);
