using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.CodeFixes.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1023_ParameterObjectCodeFixTests
{
    [Theory]
    [InlineData(
        """void M(SqliteConnection c, string name) => c.Query<User>([|"SELECT * FROM Users WHERE Name = '" + name + "'"|]);""",
        """void M(SqliteConnection c, string name) => c.Query<User>("SELECT * FROM Users WHERE Name = @name", new { name });""")]
    [InlineData(
        """Task M(SqliteConnection c, User user, int id) => c.ExecuteAsync([|$"UPDATE Users SET Name = '{user.Name}' WHERE Id = {id}"|], commandTimeout: 5);""",
        """Task M(SqliteConnection c, User user, int id) => c.ExecuteAsync("UPDATE Users SET Name = @name WHERE Id = @id", new { name = user.Name, id }, commandTimeout: 5);""")]
    [InlineData(
        """void M(SqliteConnection c, string name, int id) => c.Query<User>([|$"SELECT * FROM {Table} WHERE Name LIKE '{name}%' AND Id = @id"|], new { id });""",
        """void M(SqliteConnection c, string name, int id) => c.Query<User>($"SELECT * FROM {Table} WHERE Name LIKE @name AND Id = @id", new { id, name = name + "%" });""")]
    [InlineData(
        """void M(SqliteConnection c, string name) { var sql = $"SELECT * FROM Users WHERE Name = '{name}'"; c.QueryFirst<User>([|sql|]); }""",
        """void M(SqliteConnection c, string name) { var sql = "SELECT * FROM Users WHERE Name = @name"; c.QueryFirst<User>(sql, new { name }); }""")]
    [InlineData(
        """void M(SqliteConnection c, string name) => c.Execute([|"DELETE FROM Users WHERE Name = '" + name + "'"|], null, null);""",
        """void M(SqliteConnection c, string name) => c.Execute("DELETE FROM Users WHERE Name = @name", new { name }, null);""")]
    [InlineData(
        """void M(SqliteConnection c, string name) => c.Execute(new CommandDefinition([|"DELETE FROM Users WHERE Name = '" + name + "'"|]));""",
        """void M(SqliteConnection c, string name) => c.Execute(new CommandDefinition("DELETE FROM Users WHERE Name = @name", new { name }));""")]
    [InlineData(
        """void M(DataConnection c, string name) => c.Query<User>([|"SELECT * FROM Users WHERE Name = '" + name + "'"|]).ToList();""",
        """void M(DataConnection c, string name) => c.Query<User>("SELECT * FROM Users WHERE Name = @name", new { name }).ToList();""")]
    public Task Values_MoveIntoParameterObject(string before, string after) =>
        CodeFixVerifier.VerifyAsync<SqlNotConstantAnalyzer, ParameterObjectCodeFix>(STC1023_SqlFixSource.Wrap(before), STC1023_SqlFixSource.Wrap(after));

    [Theory]
    [InlineData("""void M(SqliteConnection c, string table) => c.Query<User>([|"SELECT * FROM " + table|]);""")]
    [InlineData("""void M(SqliteConnection c, string name, User args) => c.Query<User>([|"SELECT * FROM Users WHERE Id = @Id AND Name = '" + name + "'"|], args);""")]
    [InlineData("""void M(SqliteConnection c, string name, DynamicParameters args) => c.Query<User>([|"SELECT * FROM Users WHERE Id = @Id AND Name = '" + name + "'"|], args);""")]
    public Task NotParameterizable_OffersNothing(string member) =>
        CodeFixVerifier.VerifyNoFixAsync<SqlNotConstantAnalyzer, ParameterObjectCodeFix>(STC1023_SqlFixSource.Wrap(member));
}
