using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace SecurityToolchain.AspNetCore.RateLimiting;

/// <summary>The answer of <see cref="ClientRateLimiter"/>: granted, or refused with the time to wait.</summary>
internal sealed class ClientRateLimitLease(TimeSpan? retryAfter) : RateLimitLease
{
    public static readonly ClientRateLimitLease Granted = new(null);

    public override bool IsAcquired => retryAfter is null;

    public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        if (retryAfter is { } wait && metadataName == MetadataName.RetryAfter.Name)
        {
            metadata = wait;
            return true;
        }

        metadata = null;
        return false;
    }
}
