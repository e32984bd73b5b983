using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>
/// Tells members that turn a value into another form of itself from those that merely take it: the answer of a server to a request
/// with a time in it does not consist of the time.
/// </summary>
internal static class ValueTransforms
{
    private static readonly ImmutableArray<string> s_namespaces = ImmutableArray.Create(
        "System", "System.Text", "System.Linq", "System.Security.Cryptography", "System.Collections", "System.Buffers", "System.Globalization",
        "System.Numerics", "System.Runtime", "System.Threading", "System.Diagnostics", "System.IO", "Microsoft.AspNetCore.WebUtilities");

    /// <summary>Whether each library member on the way of a flow only changes the form of what goes in.</summary>
    public static bool AreAll(TaintFlow flow)
    {
        foreach (FlowStep step in flow.Steps)
        {
            if (step.Through is { } member && !IsTransform(member))
                return false;
        }

        return true;
    }

    /// <summary>Whether a library member only changes the form of what goes in.</summary>
    public static bool IsTransform(ISymbol member)
    {
        string container = member.ContainingNamespace?.ToDisplayString() ?? string.Empty;
        foreach (string known in s_namespaces)
        {
            if (container == known || (known != "System" && container.StartsWith(known + ".", StringComparison.Ordinal)))
                return true;
        }

        // Encoders and hashes of other libraries, by their names.
        string name = member.Name;
        string type = member.ContainingType?.Name ?? string.Empty;
        return name.StartsWith("Encode", StringComparison.Ordinal) || name.StartsWith("Hash", StringComparison.Ordinal) || name.StartsWith("ComputeHash", StringComparison.Ordinal)
            || name.StartsWith("UrlEncode", StringComparison.Ordinal) || name.StartsWith("HtmlEncode", StringComparison.Ordinal)
            || type.IndexOf("Encod", StringComparison.Ordinal) >= 0 || type.IndexOf("Convert", StringComparison.Ordinal) >= 0 || type.IndexOf("Base64", StringComparison.Ordinal) >= 0;
    }
}
