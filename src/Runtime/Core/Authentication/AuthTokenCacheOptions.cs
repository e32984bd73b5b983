namespace SecurityToolchain.Runtime.Authentication;

/// <summary>Sizes and times of an <see cref="AuthTokenCache"/>. Checked when the cache is made.</summary>
public sealed class AuthTokenCacheOptions
{
    /// <summary>Most tokens remembered: 1 to 10,000,000. Default 10,000. The one that was not used for longest goes first.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>How long a good token is remembered, and never longer than it is valid: 1 second to 1 day. Default 5 minutes.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a bad token is remembered: 0 (not at all) to 5 minutes. Default 5 seconds.</summary>
    public TimeSpan NegativeTimeToLive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the revocation of a subject is remembered; at least the longest life of a token. 1 minute to 400 days. Default 1 day.</summary>
    public TimeSpan SubjectRevocationRetention { get; init; } = TimeSpan.FromDays(1);

    internal void Validate()
    {
        if (Capacity is < 1 or > 10_000_000)
            throw Error.OutOfRange(nameof(Capacity), "The capacity of a token cache", 1, 10_000_000, Capacity);
        if (TimeToLive < TimeSpan.FromSeconds(1) || TimeToLive > TimeSpan.FromDays(1))
            throw Error.OutOfRange(nameof(TimeToLive), "The time to live", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), TimeToLive);
        if (NegativeTimeToLive < TimeSpan.Zero || NegativeTimeToLive > TimeSpan.FromMinutes(5))
            throw Error.OutOfRange(nameof(NegativeTimeToLive), "The negative time to live", TimeSpan.Zero, TimeSpan.FromMinutes(5), NegativeTimeToLive);
        if (SubjectRevocationRetention < TimeSpan.FromMinutes(1) || SubjectRevocationRetention > TimeSpan.FromDays(400))
            throw Error.OutOfRange(nameof(SubjectRevocationRetention), "The retention", TimeSpan.FromMinutes(1), TimeSpan.FromDays(400), SubjectRevocationRetention);
    }
}
