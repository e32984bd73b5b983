using System.Collections.Concurrent;

namespace SecurityToolchain.Runtime.Authentication.ApiKeys;

/// <summary>Keeps records in memory, for tests and small services that load their keys at start. Thread safe.</summary>
public sealed class InMemoryApiKeyStore : IApiKeyStore
{
    private readonly ConcurrentDictionary<string, ApiKeyRecord> _records = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<ApiKeyRecord?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        new(_records.GetValueOrDefault(id));

    /// <inheritdoc/>
    public ValueTask SaveAsync(ApiKeyRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        _records[record.Id] = record;
        return ValueTask.CompletedTask;
    }
}
