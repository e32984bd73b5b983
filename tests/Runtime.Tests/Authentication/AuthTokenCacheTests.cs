using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.Runtime.Tests.Authentication;

public sealed class AuthTokenCacheTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Token_IsNeverAcceptedPastItsEnd()
    {
        DateTimeOffset end = _clock.GetUtcNow().AddSeconds(10);
        var provider = new FakeAuthProvider(_ => Task.FromResult(
            _clock.GetUtcNow() < end ? AuthResult.Success(FakeAuthProvider.Claims(end)) : AuthResult.Refused(AuthFailure.ExpiredToken)));
        var cache = new AuthTokenCache(provider, new AuthTokenCacheOptions { TimeToLive = TimeSpan.FromSeconds(60) }, _clock);
        Assert.True((await Ask(cache, "t")).IsSuccess);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.True((await Ask(cache, "t")).IsSuccess);
        Assert.Equal(1, provider.Calls);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(AuthFailure.ExpiredToken, (await Ask(cache, "t")).Failure);
    }

    [Fact]
    public async Task Outcomes_AreRememberedForTheirTimes()
    {
        bool good = false;
        var provider = new FakeAuthProvider(_ => Task.FromResult(
            good ? AuthResult.Success(FakeAuthProvider.Claims(_clock.GetUtcNow().AddHours(1))) : AuthResult.Refused(AuthFailure.BadSignature)));
        var cache = new AuthTokenCache(provider, null, _clock);
        Assert.False((await Ask(cache, "t")).IsSuccess);
        good = true;
        Assert.False((await Ask(cache, "t")).IsSuccess);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await Ask(cache, "t")).IsSuccess);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await Ask(cache, "t");
        Assert.Equal(3, provider.Calls);
    }

    [Fact]
    public async Task ProviderErrors_AreNotRemembered()
    {
        int calls = 0;
        var provider = new FakeAuthProvider(_ => calls++ switch
        {
            0 => throw new InvalidOperationException(),
            1 => Task.FromResult(AuthResult.Refused(AuthFailure.ProviderError)),
            _ => Task.FromResult(AuthResult.Success(FakeAuthProvider.Claims(_clock.GetUtcNow().AddHours(1)))),
        });
        var cache = new AuthTokenCache(provider, null, _clock);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ask(cache, "t").AsTask());
        Assert.Equal(AuthFailure.ProviderError, (await Ask(cache, "t")).Failure);
        Assert.True((await Ask(cache, "t")).IsSuccess);
    }

    [Fact]
    public async Task Revocation_TakesEffectAtOnceAndForLaterTokensToo()
    {
        DateTimeOffset issued = _clock.GetUtcNow();
        var provider = new FakeAuthProvider(token => Task.FromResult(AuthResult.Success(
            FakeAuthProvider.Claims(_clock.GetUtcNow().AddHours(1), token.StartsWith('a') ? "anna" : "bert", token, token.EndsWith('2') ? issued.AddSeconds(5) : issued))));
        var cache = new AuthTokenCache(provider, null, _clock);
        Assert.True((await Ask(cache, "a1")).IsSuccess);
        Assert.True((await Ask(cache, "b1")).IsSuccess);
        cache.RevokeToken("b1", _clock.GetUtcNow().AddHours(1));
        Assert.Equal(AuthFailure.RevokedToken, (await Ask(cache, "b1")).Failure);
        Assert.Equal(AuthFailure.RevokedToken, (await Ask(cache, "b1")).Failure);
        cache.RevokeSubject("anna");
        Assert.Equal(AuthFailure.RevokedToken, (await Ask(cache, "a1")).Failure);
        Assert.Equal(AuthFailure.RevokedToken, (await Ask(cache, "a3")).Failure);
        Assert.True((await Ask(cache, "a2")).IsSuccess);
        Assert.True((await Ask(cache, "b3")).IsSuccess);
    }

    [Fact]
    public async Task Full_ForgetsTheLeastRecentlyUsed()
    {
        FakeAuthProvider provider = Good();
        var cache = new AuthTokenCache(provider, new AuthTokenCacheOptions { Capacity = 2 }, _clock);
        await Ask(cache, "a");
        await Ask(cache, "b");
        await Ask(cache, "a");
        await Ask(cache, "c");
        Assert.Equal(3, provider.Calls);
        await Ask(cache, "a");
        Assert.Equal(3, provider.Calls);
        await Ask(cache, "b");
        Assert.Equal(4, provider.Calls);
        Assert.Equal(2, cache.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuthTokenCache(provider, new AuthTokenCacheOptions { Capacity = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuthTokenCache(provider, new AuthTokenCacheOptions { TimeToLive = TimeSpan.Zero }));
    }

    [Fact]
    public async Task ThousandCallersWithOneToken_CauseOneValidation()
    {
        var gate = new TaskCompletionSource();
        var provider = new FakeAuthProvider(async _ =>
        {
            await gate.Task;
            return AuthResult.Success(FakeAuthProvider.Claims(_clock.GetUtcNow().AddHours(1)));
        });
        var cache = new AuthTokenCache(provider, null, _clock);
        using var impatient = new CancellationTokenSource();
        Task<AuthResult> gone = cache.AuthenticateAsync("t", impatient.Token).AsTask();
        Task<AuthResult>[] callers = Enumerable.Range(0, 1_000).Select(_ => Ask(cache, "t").AsTask()).ToArray();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        gate.SetResult();
        AuthResult[] results = await Task.WhenAll(callers);
        Assert.All(results, static result => Assert.True(result.IsSuccess));
        Assert.Equal(1, provider.Calls);
    }

    [Fact]
    public void SixteenThreads_StayConsistent()
    {
        FakeAuthProvider provider = Good();
        var cache = new AuthTokenCache(provider, new AuthTokenCacheOptions { Capacity = 50 }, _clock);
        var threads = Enumerable.Range(0, 16).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                string token = $"token-{(i * 7 + thread) % 100}";
                AuthResult result = cache.AuthenticateAsync(token).AsTask().GetAwaiter().GetResult();
                if (result.Claims?.TokenId != token)
                    throw new InvalidOperationException("another token's claims");
                if (i % 1_000 == 0)
                    cache.RevokeToken("none", _clock.GetUtcNow());
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(50, cache.Count);
    }

    [Fact]
    public async Task Tokens_OfAnyText_AreToldApart()
    {
        FakeAuthProvider provider = Good();
        var cache = new AuthTokenCache(provider, null, _clock);
        string[] tokens = ["", "a", "é", "e\u0301", "\uFFFD", "\uD800", new('x', 3_000), new string('x', 2_999) + "y"];
        foreach (string token in tokens)
            Assert.Equal(token, (await Ask(cache, token)).Claims!.TokenId);
        Assert.Equal(tokens.Length, provider.Calls);
    }

    private FakeAuthProvider Good() => new(token => Task.FromResult(AuthResult.Success(FakeAuthProvider.Claims(_clock.GetUtcNow().AddHours(1), tokenId: token))));

    private static ValueTask<AuthResult> Ask(AuthTokenCache cache, string token) => cache.AuthenticateAsync(token, TestContext.Current.CancellationToken);
}
