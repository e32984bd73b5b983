using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>A member whose result is harmless for some sinks, whatever went in.</summary>
/// <example><code>
/// Sanitizer.ReturnValue(SinkKinds.Html, "System.Net.WebUtility", "HtmlEncode")
/// Sanitizer.ReturnValue(SinkKinds.Path, "System.IO.Path", "GetFileName")
/// </code></example>
internal sealed class Sanitizer : ModelRow
{
    private Sanitizer(SinkKinds clears, SourceKinds clearsSources, string typeName, string memberName, bool includeImplementations)
        : base(typeName, memberName, includeImplementations)
    {
        Clears = clears;
        ClearsSources = clearsSources;
    }

    /// <summary>The sinks for which the result is harmless.</summary>
    public SinkKinds Clears { get; }

    /// <summary>Origins that the result no longer has for any sink (a key derivation ends <see cref="SourceKinds.ConstantText"/>).</summary>
    public SourceKinds ClearsSources { get; }

    /// <summary>Whether the member undoes an encoding, so that nothing which was harmless before the call stays so.</summary>
    public bool IsDecoder { get; init; }

    /// <summary>Asked at each call; null holds always.</summary>
    public Func<IOperation, bool>? Condition { get; init; }

    /// <summary>The result of a method or property, or the object that a constructor makes (<see cref="ModelRow.Constructor"/>).</summary>
    public static Sanitizer ReturnValue(
        SinkKinds clears, string type, string method, bool includeImplementations = false, Func<IOperation, bool>? when = null, Func<ISymbol, bool>? filter = null) =>
        new(clears, SourceKinds.None, type, method, includeImplementations) { Condition = when, Filter = filter };

    /// <summary>A method that undoes an encoding.</summary>
    public static Sanitizer Decoder(string type, string method, bool includeImplementations = false) =>
        new(SinkKinds.None, SourceKinds.None, type, method, includeImplementations) { IsDecoder = true };

    /// <summary>The result of a method no longer has these origins.</summary>
    public static Sanitizer EndsOrigin(SourceKinds clears, string type, string method, bool includeImplementations = false, Func<ISymbol, bool>? filter = null) =>
        new(SinkKinds.None, clears, type, method, includeImplementations) { Filter = filter };
}
