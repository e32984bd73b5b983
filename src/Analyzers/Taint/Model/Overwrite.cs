namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>A method that replaces the whole content of an argument or of its receiver: what the object held before is gone.</summary>
/// <example><code>
/// Overwrite.Argument("System.Security.Cryptography.RandomNumberGenerator", "Fill", "data")
/// Overwrite.Receiver("System.Text.StringBuilder", "Clear")
/// </code></example>
internal sealed class Overwrite : ModelRow
{
    private Overwrite(string typeName, string memberName, string? parameter, bool includeImplementations, SourceKinds origin)
        : base(typeName, memberName, includeImplementations)
    {
        ParameterName = parameter;
        Origin = origin;
    }

    /// <summary>The parameter; null is the receiver.</summary>
    public string? ParameterName { get; }

    private protected override string? ParameterNameOfRow => ParameterName;

    /// <summary>The origin of the new content; <see cref="SourceKinds.None"/> is fresh and harmless.</summary>
    public SourceKinds Origin { get; }

    /// <summary>Replaces the content of an argument.</summary>
    public static Overwrite Argument(string type, string method, string parameter, bool includeImplementations = false, SourceKinds origin = SourceKinds.None) =>
        new(type, method, parameter, includeImplementations, origin);

    /// <summary>Replaces the content of the receiver.</summary>
    public static Overwrite Receiver(string type, string method, bool includeImplementations = false, SourceKinds origin = SourceKinds.None) =>
        new(type, method, null, includeImplementations, origin);
}
