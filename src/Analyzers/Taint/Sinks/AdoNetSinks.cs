using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members of ADO.NET that hand text to a SQL engine (CWE-89).</summary>
internal static class AdoNetSinks
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.Create(
        // System.Data reference, IDbCommand.CommandText; providers name their constructor parameters commandText or cmdText.
        Sink.Property(SinkKinds.Sql, "System.Data.IDbCommand", "CommandText", includeImplementations: true),
        Sink.ConstructorParameter(SinkKinds.Sql, "System.Data.IDbCommand", "commandText", includeImplementations: true),
        Sink.ConstructorParameter(SinkKinds.Sql, "System.Data.IDbCommand", "cmdText", includeImplementations: true));
}
