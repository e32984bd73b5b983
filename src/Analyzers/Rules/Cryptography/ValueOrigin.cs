using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>Tells secrets that are made of a value from those that the value merely had to do with: what a file holds does not consist of the file's random name.</summary>
internal static class ValueOrigin
{
    /// <summary>
    /// The most steps from a value to the secret made of it. A secret is made where it is needed or a few calls away; on longer ways through the
    /// state of a whole program (windows, lists, contexts) objects met, not values.
    /// </summary>
    private const int MostSteps = 24;

    private static readonly HashSet<string> s_places = new(StringComparer.Ordinal)
    {
        "File", "FileInfo", "FileStream", "Directory", "DirectoryInfo", "DirectoryEntry", "IsolatedStorageFile", "IsolatedStorageFileStream", "Process", "ProcessStartInfo",
        "HttpClient", "WebClient", "WebRequest", "HttpWebRequest", "WebResponse", "Socket", "TcpClient", "Registry", "RegistryKey", "Environment", "Assembly",
    };

    /// <summary>Whether the value on a flow is still the one that its source made.</summary>
    public static bool IsKept(TaintFlow flow)
    {
        if (flow.Steps.Length > MostSteps)
            return false;
        foreach (FlowStep step in flow.Steps)
        {
            if (step.Through is { ContainingType: { } type } && s_places.Contains(type.Name) && IsLibrary(type))
                return false;
        }

        return true;
    }

    private static bool IsLibrary(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString() is var name
        && (name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32", StringComparison.Ordinal));
}
