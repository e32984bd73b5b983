using System.Security.Claims;
using SecurityToolchain.Runtime.Authentication.ApiKeys;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>An identity that an API key proved.</summary>
public sealed class ApiKeyIdentity : ClaimsIdentity
{
    /// <summary>Creates an identity.</summary>
    /// <param name="record">The record of the key that was verified.</param>
    /// <param name="authenticationType">Name of the scheme.</param>
    public ApiKeyIdentity(ApiKeyRecord record, string authenticationType)
        : base(Describe(record), authenticationType, "sub", "roles") => Record = record;

    /// <summary>The record of the key: its id, owner and scopes.</summary>
    public ApiKeyRecord Record { get; }

    /// <inheritdoc/>
    public override ClaimsIdentity Clone() => new ApiKeyIdentity(Record, AuthenticationType ?? string.Empty);

    private static IEnumerable<Claim> Describe(ApiKeyRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return [new Claim("sub", record.Owner), new Claim("key_id", record.Id)];
    }
}
