namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>The outcome of <see cref="AuthenticodeChain.Check"/>.</summary>
/// <param name="State">The state.</param>
/// <param name="Detail">The subject of the signer, and what is wrong.</param>
/// <param name="SignedAt">The time of a verified time stamp, or null.</param>
public sealed record AuthenticodeChainResult(AuthenticodeChainState State, string Detail, DateTimeOffset? SignedAt);
