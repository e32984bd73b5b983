using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SecurityToolchain.Scanning.Caching;

namespace SecurityToolchain.Scanning.PostgreSql;

/// <summary>
/// Verdicts in a PostgreSQL database that many machines share. The database is not trusted with them: it holds digests and ciphertext, and
/// an entry that was changed or swapped is dropped and counted. After the store was opened, no failure of it stops a scan.
/// </summary>
public sealed class PostgreSqlVerdictCache : IVerdictCache, IDisposable
{
    private const int WritesBetweenSweeps = 4096;

    // A server that went away must not cost a timeout for each file of a large tree.
    private const int FailuresUntilOff = 3;

    // Any fixed number; it keeps two processes from making the table at the same time.
    private const long SchemaLock = 0x5345_4354_4F4F_4C31;

    private const string Schema = """
        create table if not exists sectool_verdict (
            key bytea primary key check (octet_length(key) = 32),
            value bytea not null,
            written timestamptz not null default now()
        );
        create index if not exists sectool_verdict_written on sectool_verdict (written);
        """;

    private const string SweepCommand = """
        delete from sectool_verdict where key in (
            select key from (select key, sum(octet_length(value)) over (order by written desc, key) as total from sectool_verdict) as newest
            where total > @limit)
        """;

    private readonly NpgsqlDataSource _source;
    private readonly VerdictCipher _cipher;
    private readonly long _maxBytes;
    private int _writes;
    private int _failuresInARow;
    private long _corruptEntries, _failures;

    /// <summary>Connects, and makes the table when it does not exist.</summary>
    /// <param name="connectionString">The connection string of Npgsql; <see cref="PostgreSqlAddress"/> makes one of an address.</param>
    /// <param name="key">The secret of <see cref="VerdictCipher.KeyLength"/> bytes that all machines share.</param>
    /// <param name="maxBytes">The bytes that the entries may take, counted in values. Default 4 GiB.</param>
    /// <exception cref="IOException">The server cannot be reached or refuses; the message names host and database.</exception>
    public PostgreSqlVerdictCache(string connectionString, ReadOnlySpan<byte> key, long maxBytes = 4L << 30)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _cipher = new VerdictCipher(key);
        _maxBytes = maxBytes;
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _source = NpgsqlDataSource.Create(settings);
        try
        {
            CreateSchema();
            Sweep();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            Dispose();
            throw new IOException($"The verdict store '{settings.Database}' on '{settings.Host}' port {settings.Port.ToString(CultureInfo.InvariantCulture)} cannot be used: {Describe(exception)}", exception);
        }
    }

    /// <summary>The entries that were damaged or forged, and were dropped.</summary>
    public long CorruptEntries => Interlocked.Read(ref _corruptEntries);

    /// <summary>The reads and writes that failed; each was a miss. After three in a row the store is not asked again.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    private bool IsOff => Volatile.Read(ref _failuresInARow) >= FailuresUntilOff;

    /// <inheritdoc/>
    public byte[]? TryRead(CacheKey key)
    {
        if (IsOff)
            return null;
        try
        {
            byte[]? entry;
            using (NpgsqlCommand command = _source.CreateCommand("select value from sectool_verdict where key = @key"))
            {
                Add(command, "key", key.Bytes.ToArray());
                entry = command.ExecuteScalar() as byte[];
            }

            Volatile.Write(ref _failuresInARow, 0);
            if (entry is null)
                return null;
            if (_cipher.TryOpen(key, entry) is { } value)
                return value;
            Interlocked.Increment(ref _corruptEntries);
            Drop(key, entry);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            CountFailure();
        }

        return null;
    }

    /// <inheritdoc/>
    public void Write(CacheKey key, ReadOnlySpan<byte> value)
    {
        if (IsOff)
            return;
        byte[] entry = _cipher.Seal(key, value);
        try
        {
            // Two machines may judge the same content at the same time; both verdicts are the same, and one row remains.
            using (NpgsqlCommand command = _source.CreateCommand(
                "insert into sectool_verdict (key, value) values (@key, @value) on conflict (key) do update set value = excluded.value, written = excluded.written"))
            {
                Add(command, "key", key.Bytes.ToArray());
                Add(command, "value", entry);
                command.ExecuteNonQuery();
            }

            Volatile.Write(ref _failuresInARow, 0);
            if (Interlocked.Increment(ref _writes) % WritesBetweenSweeps == 0)
                Sweep();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            CountFailure();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _cipher.Dispose();
    }

    // A user without the right to create finds the table that an administrator made.
    private void CreateSchema()
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using (var exists = new NpgsqlCommand("select to_regclass('sectool_verdict') is not null", connection))
        {
            if (exists.ExecuteScalar() is true)
                return;
        }

        using NpgsqlTransaction transaction = connection.BeginTransaction();
        using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(@lock)", connection, transaction))
        {
            wait.Parameters.Add(new NpgsqlParameter("lock", NpgsqlDbType.Bigint) { Value = SchemaLock });
            wait.ExecuteNonQuery();
        }

        using (var create = new NpgsqlCommand(Schema, connection, transaction))
            create.ExecuteNonQuery();
        transaction.Commit();
    }

    // The oldest entries go first, down to three quarters of the limit, so that a sweep is rare.
    private void Sweep()
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using (var total = new NpgsqlCommand("select coalesce(sum(octet_length(value)), 0)::bigint from sectool_verdict", connection))
        {
            if (total.ExecuteScalar() is not long bytes || bytes <= _maxBytes)
                return;
        }

        using var delete = new NpgsqlCommand(SweepCommand, connection);
        delete.Parameters.Add(new NpgsqlParameter("limit", NpgsqlDbType.Bigint) { Value = _maxBytes / 4 * 3 });
        delete.ExecuteNonQuery();
    }

    // Only the bytes that were read: another machine may have written a good entry by now.
    private void Drop(CacheKey key, byte[] entry)
    {
        using NpgsqlCommand command = _source.CreateCommand("delete from sectool_verdict where key = @key and value = @value");
        Add(command, "key", key.Bytes.ToArray());
        Add(command, "value", entry);
        command.ExecuteNonQuery();
    }

    private void CountFailure()
    {
        Interlocked.Increment(ref _failures);
        Interlocked.Increment(ref _failuresInARow);
    }

    private static void Add(NpgsqlCommand command, string name, byte[] value) => command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Bytea) { Value = value });

    private static bool IsFailure(Exception exception) => exception is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException or InvalidOperationException;

    // The server's own sentence, without statement, position and parameters.
    private static string Describe(Exception exception) => exception is PostgresException server ? $"{server.MessageText} ({server.SqlState})" : exception.Message;
}
