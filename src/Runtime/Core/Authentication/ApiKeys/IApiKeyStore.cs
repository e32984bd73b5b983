namespace SecurityToolchain.Runtime.Authentication.ApiKeys;

/// <summary>Keeps the records of API keys. Implementations are thread safe.</summary>
public interface IApiKeyStore
{
    /// <summary>Returns a record, or <see langword="null"/>.</summary>
    /// <param name="id">Public part of the key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<ApiKeyRecord?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Adds a record, or replaces the one with the same id.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask SaveAsync(ApiKeyRecord record, CancellationToken cancellationToken = default);
}
