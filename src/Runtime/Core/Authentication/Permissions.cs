using System.Diagnostics.CodeAnalysis;

namespace SecurityToolchain.Runtime.Authentication;

/// <summary>What an API key or a user may do.</summary>
[SuppressMessage("Naming", "CA1724:Type names should not match namespaces", Justification = "A namespace of .NET Framework that .NET does not use; the product documents' name wins.")]
[Flags]
public enum Permissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read files.</summary>
    ReadFiles = 1,

    /// <summary>Have files analysed.</summary>
    AnalyzeFiles = 2,

    /// <summary>Use the cache.</summary>
    AccessCache = 4,

    /// <summary>Add, change and remove users.</summary>
    ManageUsers = 8,

    /// <summary>Read logs.</summary>
    ViewLogs = 16,
}
