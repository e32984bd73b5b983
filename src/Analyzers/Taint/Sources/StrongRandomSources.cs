using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Cryptographic generators: a value that has one of them in it cannot be guessed.</summary>
internal static class StrongRandomSources
{
    private const string Generator = "System.Security.Cryptography.RandomNumberGenerator";

    /// <summary>Results.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.Create(
        // System.Security.Cryptography.RandomNumberGenerator reference.
        Source.ReturnValue(SourceKinds.StrongRandom, Generator, "GetBytes", filter: static member => member.IsStatic),
        Source.ReturnValue(SourceKinds.StrongRandom, Generator, "GetInt32"),
        Source.ReturnValue(SourceKinds.StrongRandom, Generator, "GetItems"),
        Source.ReturnValue(SourceKinds.StrongRandom, Generator, "GetString"),
        Source.ReturnValue(SourceKinds.StrongRandom, Generator, "GetHexString"),
        Source.Property(SourceKinds.StrongRandom, "System.Security.Cryptography.SymmetricAlgorithm", "IV", includeImplementations: true),

        // SecurityToolchain.Runtime.
        Source.ReturnValue(SourceKinds.StrongRandom, "SecurityToolchain.Runtime.Cryptography.SecureRandom", "Token"),
        Source.ReturnValue(SourceKinds.StrongRandom, "SecurityToolchain.Runtime.Cryptography.SecureRandom", "Bytes"),
        Source.ReturnValue(SourceKinds.StrongRandom, "SecurityToolchain.Runtime.Cryptography.SecureRandom", "Hex"),
        Source.ReturnValue(SourceKinds.StrongRandom, "SecurityToolchain.Runtime.Cryptography.SecureRandom", "Base64Url"));

    /// <summary>Buffers.</summary>
    public static readonly ImmutableArray<Overwrite> Overwrites = ImmutableArray.Create(
        Overwrite.Argument("System.Security.Cryptography.RandomNumberGenerator", "GetHexString", "destination", origin: SourceKinds.StrongRandom),
        Overwrite.Argument("SecurityToolchain.Runtime.Cryptography.SecureRandom", "Fill", "destination", origin: SourceKinds.StrongRandom));
}
