using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Data.Sqlite;
using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.CodeFixes.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>Compiles code before and after a fix, runs both against SQLite, and compares what an attacker and a normal user get.</summary>
public sealed class STC1023_SqlFixRunTests
{
    private const string Attack = "nobody' OR 1=1 --";

    [Theory]
    [InlineData("""using var command = new SqliteCommand("SELECT COUNT(*) FROM Users WHERE Name = '" + name + "'", connection); return (long)command.ExecuteScalar()!;""")]
    [InlineData("""using (var command = new SqliteCommand($"SELECT COUNT(*) FROM Users WHERE Name = '{name}'", connection)) { return (long)command.ExecuteScalar()!; }""")]
    [InlineData("""var sql = string.Format("SELECT COUNT(*) FROM Users WHERE Name LIKE '{0}'", name); using var command = connection.CreateCommand(); command.CommandText = sql; return (long)command.ExecuteScalar()!;""")]
    [InlineData("""using DbCommand command = ((DbConnection)connection).CreateCommand(); command.CommandText = $"SELECT COUNT(*) FROM Users WHERE Name = '{name}' AND Id > {0}"; return (long)command.ExecuteScalar()!;""")]
    public Task AdoNet_AfterFix_AttackFindsNothing(string body) => VerifyRunAsync<SqlParameterCodeFix>(body);

    [Theory]
    [InlineData("""return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM Users WHERE Name = '" + name + "'");""")]
    [InlineData("""return connection.Query<User>($"SELECT * FROM Users WHERE Name = '{name}' AND Id > @min", new { min = 0 }).Count();""")]
    [InlineData("""var sql = $"SELECT * FROM Users WHERE Name LIKE '{name}'"; return connection.QueryAsync<User>(sql).Result.Count();""")]
    public Task Dapper_AfterFix_AttackFindsNothing(string body) => VerifyRunAsync<ParameterObjectCodeFix>(body);

    [Theory]
    [InlineData("""using var db = new Store(connection); return db.Users.FromSqlRaw("SELECT * FROM Users WHERE Name = '" + name + "'").ToList().Count;""")]
    [InlineData("""using var db = new Store(connection); var sql = $"SELECT * FROM Users WHERE Name LIKE '{name}'"; return db.Users.FromSqlRaw(sql).ToList().Count;""")]
    [InlineData("""using var db = new Store(connection); return db.Database.SqlQueryRaw<long>($"SELECT Id AS Value FROM Users WHERE Name = '{name}'").ToList().Count;""")]
    [InlineData("""using var db = new Store(connection); return db.Database.ExecuteSqlRaw($"UPDATE Users SET Name = Name WHERE Name = '{name}'");""")]
    public Task EntityFramework_AfterFix_AttackFindsNothing(string body) => VerifyRunAsync<InterpolatedSqlCodeFix>(body);

    private static async Task VerifyRunAsync<TFix>(string body)
        where TFix : CodeFixProvider, new()
    {
        string before = $$"""
            using System;
            using System.Data.Common;
            using System.Linq;
            using Dapper;
            using Microsoft.Data.Sqlite;
            using Microsoft.EntityFrameworkCore;

            public class User { public long Id { get; set; } public string Name { get; set; } = ""; }

            public class Store(SqliteConnection connection) : DbContext
            {
                public DbSet<User> Users => Set<User>();

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);
            }

            public static class Sample
            {
                public static long Find(SqliteConnection connection, string name)
                {
                    {{body}}
                }
            }
            """;
        string after = await CodeFixVerifier.FixOneByOneAsync<SqlNotConstantAnalyzer, TFix>(before, VerifierOptions.Default);
        Assert.NotEqual(before, after);

        Assert.Equal(3, Run(before, Attack));
        Assert.Equal(1, Run(before, "ann"));
        Assert.Equal(0, Run(after, Attack));
        Assert.Equal(1, Run(after, "ann"));
        Assert.Equal(1, Run(after, "o'hara"));
    }

    private static long Run(string source, string name)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Fixed" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(source)],
            TestReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics) + source);
        image.Position = 0;
        var context = new AssemblyLoadContext("fixed", isCollectible: true);
        try
        {
            MethodInfo find = context.LoadFromStream(image).GetType("Sample")!.GetMethod("Find")!;
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            using var create = new SqliteCommand(
                "CREATE TABLE Users (Id INTEGER PRIMARY KEY, Name TEXT NOT NULL); INSERT INTO Users (Name) VALUES ('ann'), ('bob'), ('o''hara')", connection);
            create.ExecuteNonQuery();
            return (long)Convert.ChangeType(find.Invoke(null, [connection, name])!, typeof(long), System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            context.Unload();
        }
    }
}
