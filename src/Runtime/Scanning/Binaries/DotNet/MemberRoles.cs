namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>The parts that a member plays in the rules over IL.</summary>
[Flags]
internal enum MemberRoles
{
    /// <summary>None: a call of it says nothing.</summary>
    None = 0,

    /// <summary>Joins strings.</summary>
    Join = 1,

    /// <summary>A type that deserializes anything.</summary>
    Deserializer = 2,

    /// <summary>Makes or computes a weak hash.</summary>
    WeakHash = 4,

    /// <summary>Makes a weak cipher.</summary>
    WeakCipher = 8,

    /// <summary>The validator of the framework that accepts every certificate.</summary>
    AcceptsEveryCertificate = 16,

    /// <summary>Sets the callback that validates certificates.</summary>
    ValidationSetter = 32,

    /// <summary>Takes SQL text.</summary>
    SqlSink = 64,

    /// <summary>Takes a command line.</summary>
    CommandSink = 128,

    /// <summary>Sets a property.</summary>
    Setter = 256,

    /// <summary>Gives a number of System.Random.</summary>
    Random = 512,
}
