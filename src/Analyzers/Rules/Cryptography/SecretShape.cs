namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>In which form a secret is held.</summary>
internal enum SecretShape
{
    /// <summary>Text, or characters.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A GUID.</summary>
    Guid,
}
