using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members of ADO.NET that hand text to a SQL engine (CWE-89).</summary>
internal static class AdoNetSinks
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.Create(
        // System.Data reference, IDbCommand.CommandText; System.Data.Common.DbBatchCommand.CommandText.
        Sink.Property(SinkKinds.Sql, "System.Data.IDbCommand", "CommandText", includeImplementations: true),
        Sink.Property(SinkKinds.Sql, "System.Data.Common.DbBatchCommand", "CommandText", includeImplementations: true),

        // Every text that a command or an adapter is made with. Providers call it commandText, cmdText, sql, query, selectCommandText ...;
        // the second text of an adapter is a connection string.
        Command("System.Data.IDbCommand", "commandText"),
        Command("System.Data.IDbCommand", "cmdText"),
        Command("System.Data.IDbCommand", "sql"),
        Command("System.Data.IDbCommand", "query"),
        Command("System.Data.IDbCommand", "commandString"),
        Command("System.Data.Common.DbBatchCommand", "commandText"),
        Command("System.Data.IDataAdapter", "selectCommandText"),
        Command("System.Data.IDataAdapter", "selectCommand"),
        Command("System.Data.IDataAdapter", "commandText"),
        Command("System.Data.IDataAdapter", "sql"),

        // Npgsql.NpgsqlDataSource reference, CreateCommand.
        Sink.Parameter(SinkKinds.Sql, "System.Data.Common.DbDataSource", "CreateCommand", "commandText", includeImplementations: true),
        Sink.Parameter(SinkKinds.Sql, "Npgsql.NpgsqlDataSource", "CreateCommand", "commandText"),

        // System.Web.UI.WebControls.SqlDataSource reference.
        Sink.Property(SinkKinds.Sql, "System.Web.UI.WebControls.SqlDataSource", "SelectCommand", includeImplementations: true),
        Sink.Property(SinkKinds.Sql, "System.Web.UI.WebControls.SqlDataSource", "InsertCommand", includeImplementations: true),
        Sink.Property(SinkKinds.Sql, "System.Web.UI.WebControls.SqlDataSource", "UpdateCommand", includeImplementations: true),
        Sink.Property(SinkKinds.Sql, "System.Web.UI.WebControls.SqlDataSource", "DeleteCommand", includeImplementations: true),
        Sink.ConstructorParameter(SinkKinds.Sql, "System.Web.UI.WebControls.SqlDataSource", "selectCommand", includeImplementations: true));

    private static Sink Command(string type, string parameter) => Sink.ConstructorParameter(SinkKinds.Sql, type, parameter, includeImplementations: true);
}
