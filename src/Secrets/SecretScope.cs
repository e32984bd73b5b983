namespace SecurityToolchain.Secrets;

/// <summary>What kind of text is searched; decides which detectors run.</summary>
public enum SecretScope
{
    /// <summary>Free text: source code, documentation, strings of a binary. Assignments need a value that looks random.</summary>
    Text,

    /// <summary>One value, as a string literal holds it; <see cref="SecretContext.Name"/> may say what it is called.</summary>
    Value,

    /// <summary>A configuration file: a key that names a password makes its value one, random or not.</summary>
    Configuration,
}
