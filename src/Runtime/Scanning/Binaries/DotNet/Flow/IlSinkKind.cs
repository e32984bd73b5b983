namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>What a call does with one of its arguments.</summary>
internal enum IlSinkKind
{
    None,

    /// <summary>Runs text as SQL.</summary>
    Sql,

    /// <summary>Starts a program with a command line.</summary>
    CommandLine,

    /// <summary>Takes an initialisation vector or a nonce to encrypt with.</summary>
    Nonce,

    /// <summary>Takes a key.</summary>
    Key,

    /// <summary>Chooses a cipher mode.</summary>
    CipherMode,

    /// <summary>Chooses an algorithm by name.</summary>
    AlgorithmName,

    /// <summary>Chooses which types the data may name.</summary>
    TypeNames,
}
