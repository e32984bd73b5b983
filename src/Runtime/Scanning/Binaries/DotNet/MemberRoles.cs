namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>The parts that a member plays in the rules over IL.</summary>
[Flags]
internal enum MemberRoles
{
    /// <summary>None: a call of it says nothing.</summary>
    None = 0,

    /// <summary>A type that deserializes anything.</summary>
    Deserializer = 1,

    /// <summary>Makes or computes a weak hash.</summary>
    WeakHash = 2,

    /// <summary>Makes a weak cipher.</summary>
    WeakCipher = 4,

    /// <summary>The validator of the framework that accepts every certificate.</summary>
    AcceptsEveryCertificate = 8,

    /// <summary>Sets a property.</summary>
    Setter = 16,

    /// <summary>Has arguments that matter, so that values have to be followed.</summary>
    Flow = 32,
}
