using Npgsql;
using SecurityToolchain.Scanning.PostgreSql;

namespace SecurityToolchain.Scanning.Tests.Caching;

public sealed class PostgreSqlAddressTests
{
    [Theory]
    [InlineData("postgres://scan@db.example.com/verdicts", "db.example.com", 5432, "scan", "verdicts", SslMode.VerifyFull)]
    [InlineData("postgresql://a%40b@db:6000/v%20x?sslmode=require&connect_timeout=3", "db", 6000, "a@b", "v x", SslMode.Require)]
    [InlineData("postgres://u@127.0.0.1:5433/v", "127.0.0.1", 5433, "u", "v", SslMode.Prefer)]
    [InlineData("postgres://u@[::1]/v", "::1", 5432, "u", "v", SslMode.Prefer)]
    [InlineData("postgres:///v?host=/run/postgresql", "/run/postgresql", 5432, null, "v", SslMode.Prefer)]
    [InlineData("postgres://u@localhost/v?host=db.example.com", "db.example.com", 5432, "u", "v", SslMode.VerifyFull)]
    public void ToConnectionString_Address_IsRead(string address, string host, int port, string? user, string database, SslMode mode)
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgreSqlAddress.ToConnectionString(address));
        Assert.Equal((host, port, user, database, mode), (settings.Host, settings.Port, settings.Username, settings.Database, settings.SslMode));
    }

    [Theory]
    [InlineData("postgres://u:sesame@db/v", "PGPASSWORD")]
    [InlineData("postgres://u@db", "names no database")]
    [InlineData("postgres://u@db/v?sslmode=maybe", "sslmode")]
    [InlineData("postgres://u@db/v?options=-c%20x", "'options'")]
    [InlineData("postgres://u@db/v?connect_timeout=0", "connect_timeout")]
    [InlineData("mysql://u@db/v", "postgres://user@host:port/database")]
    public void ToConnectionString_WrongAddress_NamesTheFaultAndNoPassword(string address, string part)
    {
        FormatException failure = Assert.Throws<FormatException>(() => PostgreSqlAddress.ToConnectionString(address));
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", failure.Message, StringComparison.Ordinal);
    }
}
