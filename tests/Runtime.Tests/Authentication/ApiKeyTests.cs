using System.Security.Cryptography;
using SecurityToolchain.Runtime.Authentication;
using SecurityToolchain.Runtime.Authentication.ApiKeys;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Authentication;

public sealed class ApiKeyTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly InMemoryApiKeyStore _store = new();
    private readonly byte[] _pepper = RandomNumberGenerator.GetBytes(32);
    private readonly ApiKeyManager _manager;

    public ApiKeyTests() => _manager = Manager();

    public void Dispose() => _manager.Dispose();

    [Fact]
    public async Task Issued_IsAcceptedAndStoredWithoutItsSecret()
    {
        IssuedApiKey issued = await Issue();
        Assert.Matches(@"\Ashop_live_[A-Za-z0-9]{16}_[A-Za-z0-9]{43}_[A-Za-z0-9]{6}\z", issued.Key);
        ApiKeyVerification result = await Verify(issued.Key);
        Assert.True(result.IsValid);
        Assert.Equal(Permissions.ReadFiles, result.Record!.Scopes);
        ApiKeyRecord stored = (await _store.FindAsync(issued.Record.Id, TestContext.Current.CancellationToken))!;
        string secret = issued.Key.Split('_')[3];
        Assert.DoesNotContain(secret, stored.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, issued.ToString(), StringComparison.Ordinal);
        Assert.Equal(_clock.GetUtcNow(), stored.LastUsedAt);
    }

    [Fact]
    public async Task WrongSecretUnknownIdAndNoise_AreRefusedWithReasonsForTheLog()
    {
        IssuedApiKey issued = await Issue();
        IssuedApiKey other = await Issue();
        string[] parts = issued.Key.Split('_');
        string Rebuild(string id, string secret)
        {
            string body = $"shop_live_{id}_{secret}";
            return $"{body}_{TokenFormat.Checksum(body)}";
        }

        Assert.Equal(AuthFailure.BadSignature, (await Verify(Rebuild(parts[2], SecureRandom.Token(43)))).Failure);
        Assert.Equal(AuthFailure.BadSignature, (await Verify(Rebuild(parts[2], other.Key.Split('_')[3]))).Failure);
        Assert.Equal(AuthFailure.UnknownKey, (await Verify(Rebuild(SecureRandom.Token(16), parts[3]))).Failure);
        Assert.Equal(AuthFailure.MissingToken, (await Verify(null)).Failure);
        foreach (string noise in new[] { "x", issued.Key[..^1], issued.Key + "x", issued.Key.ToUpperInvariant(), issued.Key.Replace("live", "test", StringComparison.Ordinal), Rebuild(parts[2], new string('-', 43)), Rebuild("../../etc/passwd", parts[3]) })
            Assert.Equal(AuthFailure.MalformedToken, (await Verify(noise)).Failure);
    }

    [Fact]
    public async Task HashMovedToAnotherRecord_IsRefused()
    {
        IssuedApiKey rich = await Issue();
        IssuedApiKey poor = await Issue();
        await _store.SaveAsync(rich.Record with { Hash = poor.Record.Hash }, TestContext.Current.CancellationToken);
        string[] mine = poor.Key.Split('_');
        string body = $"shop_live_{rich.Record.Id}_{mine[3]}";
        Assert.Equal(AuthFailure.BadSignature, (await Verify($"{body}_{TokenFormat.Checksum(body)}")).Failure);
    }

    [Fact]
    public async Task ExpiryAndRevocation_CountAfterTheProof()
    {
        IssuedApiKey expiring = await Issue(TimeSpan.FromDays(1));
        Assert.True((await Verify(expiring.Key)).IsValid);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(AuthFailure.ExpiredToken, (await Verify(expiring.Key)).Failure);
        IssuedApiKey revoked = await Issue();
        Assert.True(await _manager.RevokeAsync(revoked.Record.Id, TestContext.Current.CancellationToken));
        Assert.Equal(AuthFailure.RevokedToken, (await Verify(revoked.Key)).Failure);
        Assert.False(await _manager.RevokeAsync("absent", TestContext.Current.CancellationToken));
        string body = revoked.Key[..^7].Replace(revoked.Key.Split('_')[3], SecureRandom.Token(43), StringComparison.Ordinal);
        Assert.Equal(AuthFailure.BadSignature, (await Verify($"{body}_{TokenFormat.Checksum(body)}")).Failure);
    }

    [Fact]
    public async Task UnknownId_TakesAsLongAsAWrongSecret()
    {
        IssuedApiKey issued = await Issue();
        string Wrong(string id)
        {
            string body = $"shop_live_{id}_{SecureRandom.Token(43)}";
            return $"{body}_{TokenFormat.Checksum(body)}";
        }

        string known = Wrong(issued.Record.Id);
        string unknown = Wrong(SecureRandom.Token(16));
        double[] knownTimes = new double[400];
        double[] unknownTimes = new double[400];
        for (int i = -100; i < 400; i++)
        {
            double first = await Time(known);
            double second = await Time(unknown);
            if (i >= 0)
                (knownTimes[i], unknownTimes[i]) = (first, second);
        }

        Array.Sort(knownTimes);
        Array.Sort(unknownTimes);
        // The medians of each lie inside the middle half of the other, with room for a busy machine.
        Assert.InRange(unknownTimes[200], knownTimes[100] * 0.5, knownTimes[300] * 2);
        Assert.InRange(knownTimes[200], unknownTimes[100] * 0.5, unknownTimes[300] * 2);

        async Task<double> Time(string key)
        {
            long start = TimeProvider.System.GetTimestamp();
            Assert.False((await Verify(key)).IsValid);
            return TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;
        }
    }

    [Fact]
    public async Task ExpensiveHash_IsRenewedFromTheCheapOne()
    {
        IssuedApiKey issued = await Issue();
        using var hasher = new PasswordHasher(new PasswordHashOptions { Algorithm = PasswordHashAlgorithm.Argon2id });
        using ApiKeyManager expensive = Manager(hasher);
        Assert.True((await expensive.VerifyAsync(issued.Key, TestContext.Current.CancellationToken)).IsValid);
        Assert.StartsWith("$argon2id$", (await _store.FindAsync(issued.Record.Id, TestContext.Current.CancellationToken))!.Hash, StringComparison.Ordinal);
        Assert.True((await expensive.VerifyAsync(issued.Key, TestContext.Current.CancellationToken)).IsValid);
    }

    [Fact]
    public async Task OtherPepper_RefusesAll()
    {
        IssuedApiKey issued = await Issue();
        using var other = new ApiKeyManager(_store, RandomNumberGenerator.GetBytes(32), new ApiKeyOptions { Prefix = "shop_live" }, _clock);
        Assert.Equal(AuthFailure.BadSignature, (await other.VerifyAsync(issued.Key, TestContext.Current.CancellationToken)).Failure);
        Assert.Throws<ArgumentException>(() => new ApiKeyManager(_store, new byte[31]));
        Assert.Throws<ArgumentException>(() => new ApiKeyManager(_store, new byte[32], new ApiKeyOptions { Prefix = "No" }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Issue(TimeSpan.Zero));
    }

    private ApiKeyManager Manager(PasswordHasher? hasher = null) =>
        new(_store, _pepper, new ApiKeyOptions { Prefix = "shop_live", PasswordHasher = hasher }, _clock);

    private Task<IssuedApiKey> Issue(TimeSpan? lifetime = null) =>
        _manager.IssueAsync("owner", Permissions.ReadFiles, lifetime, TestContext.Current.CancellationToken).AsTask();

    private ValueTask<ApiKeyVerification> Verify(string? key) => _manager.VerifyAsync(key, TestContext.Current.CancellationToken);
}
