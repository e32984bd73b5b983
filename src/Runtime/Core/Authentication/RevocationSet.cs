namespace SecurityToolchain.Runtime.Authentication;

/// <summary>Revoked token ids and subjects, each kept for as long as a token could still be presented. Not thread safe: its cache locks.</summary>
internal sealed class RevocationSet
{
    private readonly Dictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset RevokedAt, DateTimeOffset Until)> _subjects = new(StringComparer.Ordinal);
    private DateTimeOffset _nextSweep;

    public void AddToken(string tokenId, DateTimeOffset until, DateTimeOffset now)
    {
        Sweep(now);
        _tokens[tokenId] = _tokens.TryGetValue(tokenId, out DateTimeOffset known) && known > until ? known : until;
    }

    public void AddSubject(string subject, DateTimeOffset now, DateTimeOffset until)
    {
        Sweep(now);
        _subjects[subject] = (now, until);
    }

    public bool Contains(AuthClaims claims)
    {
        if (claims.TokenId is { } id && _tokens.ContainsKey(id))
            return true;
        // A token without a time of issue may be an old one, and one issued within the same second as well: JWT times have no fractions.
        return _subjects.TryGetValue(claims.Subject, out (DateTimeOffset RevokedAt, DateTimeOffset Until) revoked)
            && (claims.IssuedAt is null || claims.IssuedAt <= revoked.RevokedAt);
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep)
            return;
        _nextSweep = now + TimeSpan.FromMinutes(1);
        foreach ((string id, DateTimeOffset until) in _tokens)
        {
            if (until <= now)
                _tokens.Remove(id);
        }

        foreach ((string subject, (_, DateTimeOffset until)) in _subjects)
        {
            if (until <= now)
                _subjects.Remove(subject);
        }
    }
}
