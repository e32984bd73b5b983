using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.CodeFixes.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1023_SqlQueryCodeFixTests
{
    [Fact]
    public Task DifferentLibraries_AreFixedInOneGo() => CodeFixVerifier.VerifyAsync<SqlNotConstantAnalyzer, SqlQueryCodeFix>(
        STC1023_SqlFixSource.Wrap("""
        void Dapper(SqliteConnection c, string name) => c.Query<User>([|"SELECT * FROM Users WHERE Name = '" + name + "'"|]);

        void Core(DbContext c, string name) => c.Set<User>().FromSqlRaw([|$"SELECT * FROM Users WHERE Name = '{name}'"|]);

        void Ado(SqliteConnection connection, string name)
        {
            using var command = new SqliteCommand([|"SELECT * FROM Users WHERE Name = '" + name + "'"|], connection);
            command.ExecuteNonQuery();
        }
        """),
        STC1023_SqlFixSource.Wrap("""
        void Dapper(SqliteConnection c, string name) => c.Query<User>("SELECT * FROM Users WHERE Name = @name", new { name });

        void Core(DbContext c, string name) => c.Set<User>().FromSql($"SELECT * FROM Users WHERE Name = {name}");

        void Ado(SqliteConnection connection, string name)
        {
            using var command = new SqliteCommand("SELECT * FROM Users WHERE Name = @name", connection);
            command.Parameters.AddWithValue("@name", name);
            command.ExecuteNonQuery();
        }
        """));
}
