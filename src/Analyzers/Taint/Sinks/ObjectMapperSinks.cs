using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members of object-relational mappers that take SQL text (CWE-89).</summary>
internal static class ObjectMapperSinks
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // EF Core relational reference. FromSql and ExecuteSqlCommand took plain text before version 3; the FormattableString overloads keep holes apart.
        Text("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "FromSqlRaw", "sql"),
        Text("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "FromSql", "sql"),
        .. Texts("Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions", "sql", "ExecuteSqlRaw", "ExecuteSqlRawAsync", "SqlQueryRaw", "ExecuteSqlCommand", "ExecuteSqlCommandAsync"),
        Text("Microsoft.EntityFrameworkCore.RelationalEntityTypeBuilderExtensions", "ToSqlQuery", "query"),

        // EF 6 reference (System.Data.Entity).
        .. Texts("System.Data.Entity.Database", "sql", "SqlQuery", "ExecuteSqlCommand", "ExecuteSqlCommandAsync"),
        Sink.Parameter(SinkKinds.Sql, "System.Data.Entity.DbSet", "SqlQuery", "sql", includeImplementations: true),
        Sink.Parameter(SinkKinds.Sql, "System.Data.Entity.DbSet`1", "SqlQuery", "sql", includeImplementations: true),
        .. Texts("System.Data.Entity.Core.Objects.ObjectContext", "commandText", "ExecuteStoreQuery", "ExecuteStoreQueryAsync", "ExecuteStoreCommand", "ExecuteStoreCommandAsync"),
        Text("System.Data.Entity.Core.Objects.ObjectContext", "CreateQuery", "queryString"),
        .. Texts("System.Data.Objects.ObjectContext", "commandText", "ExecuteStoreQuery", "ExecuteStoreCommand"),
        Text("System.Data.Objects.ObjectContext", "CreateQuery", "queryString"),
        .. Texts("System.Data.Linq.DataContext", "query", "ExecuteQuery"),
        .. Texts("System.Data.Linq.DataContext", "command", "ExecuteCommand"),

        // Dapper 2.1, SqlMapper and CommandDefinition reference: every text overload names the parameter "sql".
        .. Texts(
            "Dapper.SqlMapper",
            "sql",
            "Execute", "ExecuteAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteReader", "ExecuteReaderAsync", "Query", "QueryAsync", "QueryUnbufferedAsync", "QueryFirst", "QueryFirstAsync",
            "QueryFirstOrDefault", "QueryFirstOrDefaultAsync", "QuerySingle", "QuerySingleAsync", "QuerySingleOrDefault", "QuerySingleOrDefaultAsync", "QueryMultiple", "QueryMultipleAsync"),
        Sink.ConstructorParameter(SinkKinds.Sql, "Dapper.CommandDefinition", "commandText"),

        // Dapper.SqlBuilder reference.
        .. Texts(
            "Dapper.SqlBuilder", "sql",
            "AddTemplate", "Where", "OrWhere", "OrderBy", "Select", "Join", "InnerJoin", "LeftJoin", "RightJoin", "GroupBy", "Having", "Set", "Intersect"),

        // linq2db reference, DataConnectionExtensions, CommandInfo and DataExtensions.
        .. Texts("LinqToDB.Data.DataConnectionExtensions", "sql", "Execute", "ExecuteAsync", "ExecuteReader", "ExecuteReaderAsync", "Query", "QueryToListAsync", "QueryToArrayAsync", "QueryToAsyncEnumerable", "QueryMultiple", "QueryMultipleAsync", "QueryProc", "ExecuteProc"),
        .. Texts("LinqToDB.Data.DataConnectionExtensions", "commandText", "SetCommand"),
        .. Texts("LinqToDB.Data.DataContextExtensions", "sql", "Execute", "ExecuteAsync", "ExecuteReader", "ExecuteReaderAsync", "Query", "QueryToListAsync", "QueryToArrayAsync", "QueryToAsyncEnumerable", "QueryMultiple", "QueryMultipleAsync", "QueryProc", "ExecuteProc"),
        .. Texts("LinqToDB.Data.DataContextExtensions", "commandText", "SetCommand"),
        Sink.ConstructorParameter(SinkKinds.Sql, "LinqToDB.Data.CommandInfo", "commandText"),
        Sink.Property(SinkKinds.Sql, "LinqToDB.Data.CommandInfo", "CommandText"),
        Sink.ConstructorParameter(SinkKinds.Sql, "LinqToDB.RawSqlString", "s"),

        // NHibernate ISession reference.
        Sink.Parameter(SinkKinds.Sql, "NHibernate.ISession", "CreateSQLQuery", "queryString", includeImplementations: true),
        Sink.Parameter(SinkKinds.Sql, "NHibernate.ISession", "CreateQuery", "queryString", includeImplementations: true),
        Sink.Parameter(SinkKinds.Sql, "NHibernate.IStatelessSession", "CreateSQLQuery", "queryString", includeImplementations: true),
        Sink.Parameter(SinkKinds.Sql, "NHibernate.IStatelessSession", "CreateQuery", "queryString", includeImplementations: true),
        Sink.EveryParameter(SinkKinds.Sql, "NHibernate.Criterion.Expression", "Sql", filter: static member => TakesText(member)),
        Sink.Parameter(SinkKinds.Sql, "NHibernate.ISession", "Delete", "query", includeImplementations: true),

        // ServiceStack.OrmLite reference: typed APIs with a "sql" text, and the Unsafe* family.
        .. Texts(
            "ServiceStack.OrmLite.OrmLiteReadApi", "sql",
            "Select", "SelectLazy", "Single", "SqlList", "SqlColumn", "SqlScalar", "Scalar", "Column", "ColumnDistinct", "ColumnLazy", "Dictionary", "Lookup", "Exists", "ExecuteNonQuery", "KeyValuePairs"),
        .. Texts("ServiceStack.OrmLite.OrmLiteReadApiAsync", "sql", "SelectAsync", "SingleAsync", "SqlListAsync", "SqlColumnAsync", "SqlScalarAsync", "ScalarAsync", "ColumnAsync", "DictionaryAsync", "LookupAsync", "ExecuteNonQueryAsync"),
        .. Texts("ServiceStack.OrmLite.OrmLiteWriteApi", "sql", "ExecuteSql"),
        .. Texts("ServiceStack.OrmLite.OrmLiteWriteApiAsync", "sql", "ExecuteSqlAsync"),

        // PetaPoco and NPoco reference.
        Sink.Parameter(SinkKinds.Sql, "PetaPoco.Database", "*", "sql", includeImplementations: true),
        Sink.Parameter(SinkKinds.Sql, "NPoco.Database", "*", "sql", includeImplementations: true),
        Sink.ConstructorParameter(SinkKinds.Sql, "PetaPoco.Sql", "sql"),
        Sink.ConstructorParameter(SinkKinds.Sql, "NPoco.Sql", "sql"),
        .. Texts("PetaPoco.Sql", "sql", "Append", "Where"),
        .. Texts("NPoco.Sql", "sql", "Append", "Where"),

        // Static command helpers of the providers.
        .. Texts("MySql.Data.MySqlClient.MySqlHelper", "commandText", "ExecuteNonQuery", "ExecuteNonQueryAsync", "ExecuteReader", "ExecuteReaderAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteDataset", "ExecuteDatasetAsync", "ExecuteDataRow", "ExecuteDataRowAsync", "UpdateDataSet"),
        .. Texts("Microsoft.ApplicationBlocks.Data.SqlHelper", "commandText", "ExecuteNonQuery", "ExecuteDataset", "ExecuteReader", "ExecuteScalar", "ExecuteXmlReader"),
        .. Texts("Microsoft.Practices.EnterpriseLibrary.Data.Database", "commandText", "ExecuteDataSet", "ExecuteNonQuery", "ExecuteReader", "ExecuteScalar"),
        .. Texts("Microsoft.Practices.EnterpriseLibrary.Data.Database", "query", "GetSqlStringCommand"),
    ]);

    private static Sink Text(string type, string method, string parameter) => Sink.Parameter(SinkKinds.Sql, type, method, parameter, filter: member => HasText(member, parameter));

    private static Sink[] Texts(string type, string parameter, params string[] methods) => methods.Select(method => Text(type, method, parameter)).ToArray();

    private static bool TakesText(ISymbol member) => member is IMethodSymbol method && method.Parameters.Any(static parameter => parameter.Type.SpecialType == SpecialType.System_String);

    private static bool HasText(ISymbol member, string name) =>
        member is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Name == name && parameter.Type.Name != "FormattableString");
}
