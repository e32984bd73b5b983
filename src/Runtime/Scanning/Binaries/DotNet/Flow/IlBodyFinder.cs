namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>Finds the body of a method at an address.</summary>
/// <param name="address">The address relative to the image base.</param>
internal delegate ReadOnlySpan<byte> IlBodyFinder(int address);
