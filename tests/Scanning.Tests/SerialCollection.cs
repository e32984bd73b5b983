namespace SecurityToolchain.Scanning.Tests;

/// <summary>Tests that measure time or memory run alone.</summary>
[CollectionDefinition(nameof(SerialCollection), DisableParallelization = true)]
public sealed class SerialCollection;
