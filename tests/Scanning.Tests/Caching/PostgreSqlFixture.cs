namespace SecurityToolchain.Scanning.Tests.Caching;

/// <summary>One server for all tests of a class.</summary>
public sealed class PostgreSqlFixture : IDisposable
{
    private readonly PostgreSqlServer? _server;
    private readonly string _reason;

    public PostgreSqlFixture() => _server = PostgreSqlServer.TryStart(out _reason);

    internal PostgreSqlServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, _reason);
            return _server;
        }
    }

    public void Dispose() => _server?.Dispose();
}
