namespace SecurityToolchain.Scanning.Hashing;

/// <summary>The outcome of a comparison with an expected digest.</summary>
public enum DigestVerification
{
    /// <summary>The content has the expected digest.</summary>
    Match,

    /// <summary>The content has another digest.</summary>
    Mismatch,

    /// <summary>The expected digest is MD5 or SHA-1, which prove nothing: two contents can be made to share one.</summary>
    WeakAlgorithm,
}
