using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Query text of stores that do not speak SQL (CWE-943), and members that store a whole entity (CWE-915).</summary>
internal static class StoreSinks
{
    /// <summary>Query texts.</summary>
    public static readonly ImmutableArray<Sink> Queries = ImmutableArray.CreateRange<Sink>([
        // MongoDB.Driver and MongoDB.Bson reference: JSON that becomes a filter or a command.
        .. Parameters(SinkKinds.NoSql, "MongoDB.Bson.BsonDocument", "json", "Parse"),
        Sink.ConstructorParameter(SinkKinds.NoSql, "MongoDB.Bson.BsonDocument", "value", when: static site => site.TryGetConstant("name", out object? name) && name is "$where" or "$function" or "$accumulator" or "$expr"),
        Sink.Parameter(SinkKinds.NoSql, "MongoDB.Bson.BsonDocument", "Add", "value", when: static site => site.TryGetConstant("name", out object? name) && name is "$where" or "$function" or "$accumulator" or "$expr"),
        .. Parameters(SinkKinds.NoSql, "MongoDB.Bson.Serialization.BsonSerializer", "json", "Deserialize"),
        .. Constructors(SinkKinds.NoSql, "MongoDB.Driver.JsonFilterDefinition`1", "json"),
        Sink.Parameter(SinkKinds.NoSql, "MongoDB.Driver.FilterDefinition`1", "op_Implicit", "json"),
        .. Constructors(SinkKinds.NoSql, "MongoDB.Driver.JsonCommand`1", "json"),
        Sink.Parameter(SinkKinds.NoSql, "MongoDB.Driver.Command`1", "op_Implicit", "json"),
        .. Constructors(SinkKinds.NoSql, "MongoDB.Bson.BsonJavaScript", "code"),

        // Azure Cosmos DB reference.
        .. Constructors(SinkKinds.NoSql, "Microsoft.Azure.Cosmos.QueryDefinition", "query"),
        .. Parameters(SinkKinds.NoSql, "Microsoft.Azure.Cosmos.Container", "queryText", "GetItemQueryIterator", "GetItemQueryStreamIterator"),
        .. Constructors(SinkKinds.NoSql, "Microsoft.Azure.Documents.SqlQuerySpec", "queryText"),
        .. Parameters(SinkKinds.NoSql, "Microsoft.Azure.Documents.Client.DocumentClient", "sqlExpression", "CreateDocumentQuery"),
        .. Parameters(SinkKinds.NoSql, "Azure.Data.Tables.TableClient", "filter", static site => site.Argument("filter")?.Type?.SpecialType == SpecialType.System_String, ["Query", "QueryAsync"]),

        // Redis scripts.
        .. Parameters(SinkKinds.NoSql, "StackExchange.Redis.IDatabase", "script", "ScriptEvaluate"),
        .. Parameters(SinkKinds.NoSql, "StackExchange.Redis.IDatabaseAsync", "script", "ScriptEvaluateAsync"),
        .. Parameters(SinkKinds.NoSql, "StackExchange.Redis.LuaScript", "script", "Prepare"),

        // Graph, column and document stores.
        .. Parameters(SinkKinds.NoSql, "Gremlin.Net.Driver.GremlinClientExtensions", "requestScript", "SubmitAsync", "SubmitWithSingleResultAsync"),
        .. Parameters(SinkKinds.NoSql, "Neo4j.Driver.IAsyncQueryRunner", "query", "RunAsync"),
        .. Parameters(SinkKinds.NoSql, "Neo4j.Driver.IQueryRunner", "query", "Run"),
        .. Parameters(SinkKinds.NoSql, "Cassandra.ISession", "cqlQuery", "Execute", "Prepare"),
        .. Constructors(SinkKinds.NoSql, "Cassandra.SimpleStatement", "query"),
        .. Parameters(SinkKinds.NoSql, "Raven.Client.Documents.Session.IAdvancedSessionOperations", "query", "RawQuery"),
    ]);

    /// <summary>Whole entities.</summary>
    public static readonly ImmutableArray<Sink> Entities = ImmutableArray.CreateRange<Sink>([
        // Microsoft.EntityFrameworkCore reference.
        .. Parameters(SinkKinds.StoredEntity, "Microsoft.EntityFrameworkCore.DbContext", "entity", "Add", "AddAsync", "Update", "Attach"),
        .. Parameters(SinkKinds.StoredEntity, "Microsoft.EntityFrameworkCore.DbContext", "entities", "AddRange", "AddRangeAsync", "UpdateRange", "AttachRange"),
        .. Parameters(SinkKinds.StoredEntity, "Microsoft.EntityFrameworkCore.DbSet`1", "entity", "Add", "AddAsync", "Update", "Attach"),
        .. Parameters(SinkKinds.StoredEntity, "Microsoft.EntityFrameworkCore.DbSet`1", "entities", "AddRange", "AddRangeAsync", "UpdateRange", "AttachRange"),
        Sink.Parameter(SinkKinds.StoredEntity, "Microsoft.EntityFrameworkCore.DbContext", "Entry", "entity", includeImplementations: true, when: static site => SetsState(site)),
        .. Parameters(SinkKinds.StoredEntity, "Microsoft.EntityFrameworkCore.ChangeTracking.PropertyValues", "obj", "SetValues"),
        .. Parameters(SinkKinds.StoredEntity, "System.Data.Entity.DbSet`1", "entity", "Add", "Attach"),
        .. Parameters(SinkKinds.StoredEntity, "System.Data.Entity.Infrastructure.DbPropertyValues", "obj", "SetValues"),
    ]);

    /// <summary><c>context.Entry(entity).State = EntityState.Modified</c></summary>
    private static bool SetsState(SinkSite site) =>
        site.Operation.Syntax.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "State", Parent: AssignmentExpressionSyntax { Right: var state } } && state.ToString().IndexOf("Detached", System.StringComparison.Ordinal) < 0;
}
