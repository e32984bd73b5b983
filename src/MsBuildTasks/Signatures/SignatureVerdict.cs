namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>Whether a signature holds.</summary>
/// <param name="IsValid">Whether the archive is what was signed and a trusted root stands behind the signer.</param>
/// <param name="Reason">Why not, one line; empty when it holds.</param>
public readonly record struct SignatureVerdict(bool IsValid, string Reason)
{
    /// <summary>The signature holds.</summary>
    public static SignatureVerdict Valid { get; } = new(true, "");

    /// <summary>The signature does not hold.</summary>
    /// <param name="reason">Why, one line.</param>
    public static SignatureVerdict Invalid(string reason) => new(false, reason);
}
