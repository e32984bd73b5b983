using System.Collections.Concurrent;
using SecurityToolchain.Runtime.Cryptography;

namespace HardenedService.Accounts;

/// <summary>Accounts in memory; the hash is all that is kept of a password.</summary>
public sealed class AccountStore(PasswordHasher hasher)
{
    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public bool TryAdd(Credentials credentials) => _hashes.TryAdd(credentials.Name, hasher.Hash(credentials.Password));

    public bool Verify(Credentials credentials)
    {
        // A name that nobody has costs the same work.
        _hashes.TryGetValue(credentials.Name, out string? stored);
        PasswordVerification result = hasher.Verify(credentials.Password, stored);
        if (result == PasswordVerification.SuccessRehashNeeded)
            _hashes[credentials.Name] = hasher.Hash(credentials.Password);
        return result != PasswordVerification.Failed;
    }
}
