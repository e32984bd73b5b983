namespace SecurityToolchain.Secrets;

/// <summary>How sure a detector is that a text is a credential.</summary>
public enum SecretConfidence
{
    /// <summary>The shape fits but something speaks against it (a wrong checksum). Worth a finding only with other evidence.</summary>
    Low,

    /// <summary>A credential by its name and its looks.</summary>
    Medium,

    /// <summary>The provider's own format, or a structure that exists to hold a credential.</summary>
    High,
}
