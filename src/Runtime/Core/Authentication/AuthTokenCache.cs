using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Authentication;

/// <summary>
/// Remembers the outcome of validating tokens. A token is never accepted past its own end, revocation takes effect at once, and many
/// callers with one token cause one validation. The cache holds no credential. Thread safe.
/// </summary>
/// <remarks>
/// A token's name in the table is a keyed pseudorandom function of it, 128 bits, under a random key of this object: who does not know
/// the key finds no other text with the same name, and the name alone tells nothing about the token. A general-purpose digest would cost
/// more than all the rest of a look-up.
/// </remarks>
public sealed class AuthTokenCache : IAuthProvider
{
    private readonly IAuthProvider _provider;
    private readonly AuthTokenCacheOptions _options;
    private readonly TimeProvider _clock;
    private readonly SipHash128 _names = new();
    private readonly SipHash128 _namesOfOtherText = new();
    private readonly Lock _change = new();
    private readonly Dictionary<UInt128, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private readonly Dictionary<UInt128, Task<AuthResult>> _running = [];
    private readonly RevocationSet _revoked = new();

    /// <summary>Creates a cache in front of a provider.</summary>
    /// <param name="provider">Validates tokens that the cache does not know.</param>
    /// <param name="options">Sizes and times; the defaults if <see langword="null"/>.</param>
    /// <param name="clock">The system's clock if <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public AuthTokenCache(IAuthProvider provider, AuthTokenCacheOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _provider = provider;
        _options = options ?? new AuthTokenCacheOptions();
        _options.Validate();
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Tokens remembered now, expired ones that nobody asked for included.</summary>
    public int Count
    {
        get
        {
            lock (_change)
                return _entries.Count;
        }
    }

    /// <inheritdoc/>
    public ValueTask<AuthResult> AuthenticateAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        UInt128 key = Name(token);
        Task<AuthResult>? running;
        TaskCompletionSource<AuthResult>? mine = null;
        lock (_change)
        {
            if (Find(key) is { } known)
                return new ValueTask<AuthResult>(known);
            if (!_running.TryGetValue(key, out running))
            {
                mine = new TaskCompletionSource<AuthResult>(TaskCreationOptions.RunContinuationsAsynchronously);
                running = mine.Task;
                _running.Add(key, running);
            }
        }

        if (mine is not null)
            _ = ValidateAsync(key, token, mine);
        // Each caller waits with its own patience; the validation itself goes on for the others.
        return new ValueTask<AuthResult>(running.WaitAsync(cancellationToken));
    }

    /// <summary>Revokes one token.</summary>
    /// <param name="tokenId">The claim <c>jti</c>.</param>
    /// <param name="tokenExpiresAt">When the token ends by itself; the revocation is kept until then.</param>
    public void RevokeToken(string tokenId, DateTimeOffset tokenExpiresAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(tokenId);
        lock (_change)
            _revoked.AddToken(tokenId, tokenExpiresAt, _clock.GetUtcNow());
    }

    /// <summary>Revokes all tokens of a subject that were issued until now, and those without a time of issue.</summary>
    /// <param name="subject">The claim <c>sub</c>.</param>
    public void RevokeSubject(string subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        DateTimeOffset now = _clock.GetUtcNow();
        lock (_change)
            _revoked.AddSubject(subject, now, now + _options.SubjectRevocationRetention);
    }

    /// <summary>
    /// Whether a token that was accepted earlier is revoked by now: for connections that outlive the request that authenticated them. Does
    /// not look at its times.
    /// </summary>
    /// <param name="claims">What the token said.</param>
    public bool IsRevoked(AuthClaims claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        lock (_change)
            return _revoked.Contains(claims);
    }

    [SkipLocalsInit]
    private UInt128 Name(string token)
    {
        // A token is ASCII, which is narrowed on the stack to halve the hashing. Other text is no token; it is named under a key of its own,
        // so that no such text has the name of a token.
        Span<byte> narrow = stackalloc byte[2048];
        return token.Length <= narrow.Length && System.Text.Ascii.FromUtf16(token, narrow, out int count) == System.Buffers.OperationStatus.Done
            ? _names.Compute(narrow[..count])
            : _namesOfOtherText.Compute(MemoryMarshal.AsBytes(token.AsSpan()));
    }

    private async Task ValidateAsync(UInt128 key, string token, TaskCompletionSource<AuthResult> shared)
    {
        try
        {
            AuthResult result = await _provider.AuthenticateAsync(token, CancellationToken.None);
            lock (_change)
            {
                // In one step, so that nobody finds neither the running validation nor its outcome.
                result = Remember(key, result);
                _running.Remove(key);
            }

            shared.SetResult(result);
        }
#pragma warning disable CA1031 // Handed on to those who wait.
        catch (Exception error)
#pragma warning restore CA1031
        {
            lock (_change)
                _running.Remove(key);
            shared.SetException(error);
            // Observed here: those who wait may all have gone.
            _ = shared.Task.Exception;
        }
    }

    private AuthResult? Find(UInt128 key)
    {
        if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            return null;
        if (_clock.GetUtcNow() >= node.Value.Until)
        {
            Remove(node);
            return null;
        }

        if (node.Value.Result.Claims is { } claims && _revoked.Contains(claims))
        {
            Remove(node);
            return AuthResult.Refused(AuthFailure.RevokedToken);
        }

        if (!ReferenceEquals(_byUse.First, node))
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
        }

        return node.Value.Result;
    }

    private AuthResult Remember(UInt128 key, AuthResult result)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        DateTimeOffset until;
        if (result.Claims is { } claims)
        {
            if (_revoked.Contains(claims))
                return AuthResult.Refused(AuthFailure.RevokedToken);
            until = now + _options.TimeToLive < claims.ExpiresAt ? now + _options.TimeToLive : claims.ExpiresAt;
        }
        else
        {
            // "Unknown" is not an answer to remember.
            until = result.Failure == AuthFailure.ProviderError ? now : now + _options.NegativeTimeToLive;
        }

        if (until <= now)
            return result;
        if (_entries.TryGetValue(key, out LinkedListNode<Entry>? old))
            Remove(old);
        var node = new LinkedListNode<Entry>(new Entry(key, result, until));
        _entries.Add(key, node);
        _byUse.AddFirst(node);
        if (_entries.Count > _options.Capacity)
            Remove(_byUse.Last!);
        return result;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
    }

    private sealed record Entry(UInt128 Key, AuthResult Result, DateTimeOffset Until);
}
