using System.Security.Cryptography;
using System.Text;
using Npgsql;
using SecurityToolchain.Scanning.Caching;
using SecurityToolchain.Scanning.PostgreSql;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Caching;

public sealed class PostgreSqlVerdictCacheTests(PostgreSqlFixture fixture) : IClassFixture<PostgreSqlFixture>
{
    private const string Password = "xK9" + "vQ2mZp7Lw";

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(VerdictCipher.KeyLength);

    // Every test has its own schema, so that the tests of the class do not meet.
    private string Connection(string schema)
    {
        using var source = NpgsqlDataSource.Create(fixture.Server.ConnectionString);
        using (NpgsqlCommand create = source.CreateCommand($"drop schema if exists {schema} cascade; create schema {schema}"))
            create.ExecuteNonQuery();
        return fixture.Server.ConnectionString + ";Search Path=" + schema;
    }

    private static CacheKey Key(int number) => CacheKey.Create(BitConverter.GetBytes(number), "configuration", "name");

    private static long Query(string connection, string text)
    {
        using var source = NpgsqlDataSource.Create(connection);
        using NpgsqlCommand command = source.CreateCommand(text);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Sarif(ScanReport report)
    {
        using var stream = new MemoryStream();
        SarifWriter.Write(stream, new SarifRun { ToolVersion = "1", Findings = report.Findings });
        return stream.ToArray();
    }

    [Fact]
    public async Task Scan_Again_IsAnsweredFromTheStoreWithTheSameReport()
    {
        string connection = Connection("again");
        using var tree = new TemporaryDirectory();
        tree.File("app.config", $"<a c=\"Server=x;User Id=sa;Password={Password};\"/>");
        tree.File("invoice.pdf.exe", "text");
        tree.File("self.dll", File.ReadAllBytes(typeof(PostgreSqlVerdictCacheTests).Assembly.Location));
        async Task<ScanReport> Scan()
        {
            // A store for each scan, as another machine has.
            using var cache = new PostgreSqlVerdictCache(connection, Secret);
            ScanReport report = await new ScanEngine(new ScanOptions { Cache = cache, KeepMembers = false, RootDirectory = tree.Path }).ScanAsync(["."], cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal((0, 0), (cache.CorruptEntries, cache.Failures));
            return report;
        }

        ScanReport first = await Scan(), second = await Scan();
        Assert.All(first.Files, static f => Assert.False(f.FromCache));
        Assert.All(second.Files, static f => Assert.True(f.FromCache));
        Assert.Contains(second.Findings, static f => f.RuleId == "STC4003");
        Assert.Equal(Sarif(first), Sarif(second));
        Assert.Equal(3, Query(connection, "select count(*) from sectool_verdict"));
    }

    [Fact]
    public void Entries_AreNotReadable_DamagedSwappedAndForgedOnesAreDropped()
    {
        string connection = Connection("entries");
        using var cache = new PostgreSqlVerdictCache(connection, Secret);
        byte[] value = Encoding.UTF8.GetBytes("a verdict about " + Password);
        for (int i = 0; i < 4; i++)
            cache.Write(Key(i), [.. value, (byte)i]);
        Assert.Equal(0, Query(connection, $"select count(*) from sectool_verdict where position('verdict'::bytea in value) > 0 or position('{Password}'::bytea in value) > 0"));
        Query(connection, $"with x as (update sectool_verdict set value = set_byte(value, 20, get_byte(value, 20) # 1) where key = '\\x{Key(0)}' returning 1) select count(*) from x");
        Query(connection, $"with x as (update sectool_verdict set value = (select value from sectool_verdict where key = '\\x{Key(2)}') where key = '\\x{Key(1)}' returning 1) select count(*) from x");
        Assert.Null(cache.TryRead(Key(0)));
        Assert.Null(cache.TryRead(Key(1)));
        Assert.Equal([.. value, 2], cache.TryRead(Key(2)));
        Assert.Equal(2, cache.CorruptEntries);
        Assert.Equal(2, Query(connection, "select count(*) from sectool_verdict"));
        using var stranger = new PostgreSqlVerdictCache(connection, RandomNumberGenerator.GetBytes(VerdictCipher.KeyLength));
        Assert.Null(stranger.TryRead(Key(3)));
        Assert.Equal(1, stranger.CorruptEntries);
    }

    [Fact]
    public async Task Open_ManyAtOnce_MakeOneTableAndEveryEntryIsWhole()
    {
        string connection = Connection("many") + ";Maximum Pool Size=2";
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            using var cache = new PostgreSqlVerdictCache(connection, Secret);
            for (int i = 0; i < 50; i++)
            {
                cache.Write(Key(i), Enumerable.Repeat((byte)i, 100 + i).ToArray());
                Assert.Equal(Enumerable.Repeat((byte)i, 100 + i), cache.TryRead(Key(i)));
            }

            Assert.Equal((0, 0), (cache.CorruptEntries, cache.Failures));
        })));
        Assert.Equal(50, Query(connection, "select count(*) from sectool_verdict"));
    }

    [Fact]
    public void Open_OverTheLimit_DropsTheOldest()
    {
        string connection = Connection("bounded");
        using (var cache = new PostgreSqlVerdictCache(connection, Secret))
        {
            for (int i = 0; i < 20; i++)
                cache.Write(Key(i), new byte[1000 - VerdictCipher.Overhead]);
        }

        using var bounded = new PostgreSqlVerdictCache(connection, Secret, maxBytes: 8000);
        Assert.Equal(6, Query(connection, "select count(*) from sectool_verdict"));
        Assert.NotNull(bounded.TryRead(Key(19)));
        Assert.Null(bounded.TryRead(Key(0)));
    }

    [Fact]
    public void Open_UserWithoutRights_UsesTheTableThatExistsAndCannotMakeOne()
    {
        string connection = Connection("rights");
        using (var owner = new PostgreSqlVerdictCache(connection, Secret))
            owner.Write(Key(1), [1]);
        Query(connection, "select 1; drop role if exists agent");
        string agentSecret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        Query(connection, $"create role agent login password '{agentSecret}'; grant usage on schema rights to agent; grant select, insert, update, delete on rights.sectool_verdict to agent; select 1");
        string agent = new NpgsqlConnectionStringBuilder(connection) { Username = "agent", Password = agentSecret }.ConnectionString;
        using (var cache = new PostgreSqlVerdictCache(agent, Secret))
            Assert.Equal([1], cache.TryRead(Key(1)));
        Query(connection, "drop table rights.sectool_verdict; select 1");
        IOException failure = Assert.Throws<IOException>(() => new PostgreSqlVerdictCache(agent, Secret));
        Assert.Contains("42501", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(agentSecret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrongPasswordOrNoServer_NamesTheStoreAndNotThePassword()
    {
        var wrong = new NpgsqlConnectionStringBuilder(fixture.Server.ConnectionString) { Password = "not-it-" + Password };
        IOException refused = Assert.Throws<IOException>(() => new PostgreSqlVerdictCache(wrong.ConnectionString, Secret));
        Assert.Contains("'postgres' on '127.0.0.1'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, refused.ToString(), StringComparison.Ordinal);
        wrong.Port = 1;
        Assert.Throws<IOException>(() => new PostgreSqlVerdictCache(wrong.ConnectionString, Secret));
    }

    [Fact]
    public void Server_GoesAway_IsAMissAndIsNotAskedForEver()
    {
        using PostgreSqlServer? server = PostgreSqlServer.TryStart(out string reason);
        Assert.SkipWhen(server is null, reason);
        using var cache = new PostgreSqlVerdictCache(server.ConnectionString, Secret);
        cache.Write(Key(1), [1, 2, 3]);
        Assert.Equal([1, 2, 3], cache.TryRead(Key(1)));
        server.Stop();
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(cache.TryRead(Key(1)));
            cache.Write(Key(2), [1]);
        }

        Assert.Equal(3, cache.Failures);
    }
}
