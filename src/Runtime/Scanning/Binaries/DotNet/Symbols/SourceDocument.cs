using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Symbols;

/// <summary>A source file that a program was compiled from, as its symbols name it.</summary>
/// <param name="Name">The path at the time of compilation, or the one it was mapped to.</param>
/// <param name="Algorithm">The hash algorithm: <c>sha256</c>, <c>sha1</c> or <c>md5</c>; empty when there is no hash.</param>
/// <param name="Hash">The hash of the file's bytes.</param>
/// <param name="EmbeddedSource">The source, when it is embedded; else default.</param>
public sealed record SourceDocument(string Name, string Algorithm, ImmutableArray<byte> Hash, ImmutableArray<byte> EmbeddedSource);
