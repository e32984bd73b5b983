namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>One promise and what was measured.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">The product, with its unit.</param>
/// <param name="Peer">What a user would take instead, measured in the same run, with its name.</param>
/// <param name="Ratio">The product against the peer.</param>
/// <param name="Bar">The promise.</param>
/// <param name="Holds">Whether it is kept.</param>
internal sealed record BarResult(string Name, string Ours, string Peer, string Ratio, string Bar, bool Holds);
