using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>The functions that are imported from one library.</summary>
/// <param name="Library">The name of the library as stored.</param>
/// <param name="Functions">Names, or <c>ordN</c> for an import by ordinal.</param>
/// <param name="Delayed">Whether the library is loaded at the first call.</param>
public sealed record PeImport(string Library, ImmutableArray<string> Functions, bool Delayed);
