using System.Collections.Frozen;
using SecurityToolchain.Runtime.Authentication;
using SecurityToolchain.Runtime.Authentication.ApiKeys;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Which scopes of an API key stand for which permission of an endpoint. What is not in the table is denied.</summary>
internal sealed class ApiKeyPermissions
{
    private readonly FrozenDictionary<string, Permissions> _scopes;

    public ApiKeyPermissions(IEnumerable<KeyValuePair<string, Permissions>> scopes) => _scopes = scopes.ToFrozenDictionary(StringComparer.Ordinal);

    public bool IsGranted(ApiKeyRecord record, string permission) =>
        _scopes.TryGetValue(permission, out Permissions required) && required != Permissions.None && (record.Scopes & required) == required;
}
