using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sources.SourceRows;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>What was stored earlier: databases, queues, shared caches.</summary>
internal static class StoredSources
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.CreateRange<Source>([
        // System.Data reference.
        .. Results(SourceKinds.DatabaseValue, "System.Data.IDataRecord", "database", "GetString", "GetValue", "GetChars"),
        Source.IndexerValue(SourceKinds.DatabaseValue, "System.Data.IDataRecord", includeImplementations: true, describe: "database"),
        .. Results(SourceKinds.DatabaseValue, "System.Data.Common.DbDataReader", "database", "GetString", "GetValue", "GetFieldValue", "GetFieldValueAsync", "GetTextReader", "GetStream"),
        Source.IndexerValue(SourceKinds.DatabaseValue, "System.Data.Common.DbDataReader", includeImplementations: true, describe: "database"),
        Source.IndexerValue(SourceKinds.DatabaseValue, "System.Data.DataRow", describe: "database"),
        Source.IndexerValue(SourceKinds.DatabaseValue, "System.Data.DataRowView", describe: "database"),
        .. Results(SourceKinds.DatabaseValue, "System.Data.IDbCommand", "database", "ExecuteScalar"),
        .. Results(SourceKinds.DatabaseValue, "System.Data.Common.DbCommand", "database", "ExecuteScalar", "ExecuteScalarAsync"),
        .. Results(
            SourceKinds.DatabaseValue, "Dapper.SqlMapper", "database",
            "Query", "QueryAsync", "QueryFirst", "QueryFirstAsync", "QueryFirstOrDefault", "QueryFirstOrDefaultAsync", "QuerySingle", "QuerySingleAsync", "QuerySingleOrDefault",
            "QuerySingleOrDefaultAsync", "ExecuteScalar", "ExecuteScalarAsync"),

        // Microsoft.EntityFrameworkCore and System.Data.Entity reference. Sets as properties are StoredEntityMatcher's.
        .. Results(SourceKinds.DatabaseValue, "Microsoft.EntityFrameworkCore.DbContext", "database", "Set", "Find", "FindAsync"),
        .. Results(SourceKinds.DatabaseValue, "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions", "database", "SqlQuery", "SqlQueryRaw"),
        .. Results(SourceKinds.DatabaseValue, "System.Data.Entity.DbContext", "database", "Set"),

        // Queues.
        .. Properties(SourceKinds.QueueMessage, "RabbitMQ.Client.Events.BasicDeliverEventArgs", "queue message", "Body"),
        .. Properties(SourceKinds.QueueMessage, "RabbitMQ.Client.BasicGetResult", "queue message", "Body"),
        .. Properties(SourceKinds.QueueMessage, "Azure.Messaging.ServiceBus.ServiceBusReceivedMessage", "queue message", "Body", "Subject", "ApplicationProperties"),
        .. Properties(SourceKinds.QueueMessage, "Azure.Messaging.EventHubs.EventData", "event", "Body", "EventBody"),
        .. Properties(SourceKinds.QueueMessage, "Azure.Storage.Queues.Models.QueueMessage", "queue message", "Body", "MessageText"),
        .. Properties(SourceKinds.QueueMessage, "Confluent.Kafka.Message`2", "queue message", "Value", "Key", "Headers"),
        .. Properties(SourceKinds.QueueMessage, "Amazon.SQS.Model.Message", "queue message", "Body", "MessageAttributes"),
        .. Properties(SourceKinds.QueueMessage, "Amazon.Lambda.SQSEvents.SQSEvent+SQSMessage", "queue message", "Body", "MessageAttributes"),
        .. Properties(SourceKinds.QueueMessage, "Amazon.Lambda.SNSEvents.SNSEvent+SNSMessage", "notification", "Message", "Subject"),
        .. Properties(SourceKinds.QueueMessage, "MassTransit.ConsumeContext`1", "queue message", "Message"),
        Source.ImplementedParameter(SourceKinds.QueueMessage, "NServiceBus.IHandleMessages`1", "Handle", "message"),
        Source.ImplementedParameter(SourceKinds.QueueMessage, "Rebus.Handlers.IHandleMessages`1", "Handle", "message"),
        .. Properties(SourceKinds.QueueMessage, "System.Messaging.Message", "queue message", "Body", "BodyStream"),

        // Shared caches.
        .. Results(SourceKinds.CacheValue, "Microsoft.Extensions.Caching.Distributed.IDistributedCache", "shared cache", "Get", "GetAsync"),
        .. Results(SourceKinds.CacheValue, "Microsoft.Extensions.Caching.Distributed.DistributedCacheExtensions", "shared cache", "GetString", "GetStringAsync"),
        .. Results(SourceKinds.CacheValue, "StackExchange.Redis.IDatabase", "Redis", "StringGet", "HashGet", "HashGetAll", "ListLeftPop", "ListRightPop", "ListRange", "SetMembers"),
        .. Results(SourceKinds.CacheValue, "StackExchange.Redis.IDatabaseAsync", "Redis", "StringGetAsync", "HashGetAsync", "HashGetAllAsync", "ListLeftPopAsync", "ListRightPopAsync", "SetMembersAsync"),
    ]);
}
