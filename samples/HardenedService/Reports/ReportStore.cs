using SecurityToolchain.Runtime.Caching;

namespace HardenedService.Reports;

/// <summary>Reports that cost something to make, kept in a cache whose store is not trusted: encrypted, bound to owner and name, for a minute.</summary>
public sealed class ReportStore(SecureCache cache)
{
    private int _made;

    public int Made => _made;

    public async Task<byte[]> FindAsync(string owner, string name, CancellationToken cancellationToken)
    {
        if (await cache.GetAsync(owner, name, cancellationToken) is { } known)
            return known;
        byte[] report = System.Text.Encoding.UTF8.GetBytes($"report number {Interlocked.Increment(ref _made)}");
        await cache.SetAsync(owner, name, report, TimeSpan.FromMinutes(1), cancellationToken);
        return report;
    }
}
