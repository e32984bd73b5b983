using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.CodeFixes.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1023_InterpolatedSqlCodeFixTests
{
    [Theory]
    [InlineData(
        """void M(DbContext db, string name) => db.Set<User>().FromSqlRaw([|$"SELECT * FROM Users WHERE Name = '{name}'"|]);""",
        """void M(DbContext db, string name) => db.Set<User>().FromSql($"SELECT * FROM Users WHERE Name = {name}");""")]
    [InlineData(
        """void M(DbContext db, string name) => db.Set<User>().FromSqlRaw([|"SELECT * FROM " + Table + " WHERE Name LIKE '%" + name + "%'"|]);""",
        """void M(DbContext db, string name) => db.Set<User>().FromSql($"SELECT * FROM Users WHERE Name LIKE {"%" + name + "%"}");""")]
    [InlineData(
        """void M(DbContext db, string name, int id) => db.Database.ExecuteSqlRaw([|$"DELETE FROM Users WHERE Name = '{name}' AND Id = {id}"|]);""",
        """void M(DbContext db, string name, int id) => db.Database.ExecuteSql($"DELETE FROM Users WHERE Name = {name} AND Id = {id}");""")]
    [InlineData(
        """Task M(DbContext db, string name, System.Threading.CancellationToken token) => db.Database.ExecuteSqlRawAsync([|string.Format("DELETE FROM Users WHERE Name = '{0}'", name)|], token);""",
        """Task M(DbContext db, string name, System.Threading.CancellationToken token) => db.Database.ExecuteSqlAsync($"DELETE FROM Users WHERE Name = {name}", token);""")]
    [InlineData(
        """void M(DbContext db, string name, int id) => db.Database.ExecuteSqlRaw([|"DELETE FROM Users WHERE Id = {0} AND Name = '" + name + "'"|], id);""",
        """void M(DbContext db, string name, int id) => db.Database.ExecuteSql($"DELETE FROM Users WHERE Id = {id} AND Name = {name}");""")]
    [InlineData(
        """void M(DbContext db, string name) => db.Database.SqlQueryRaw<int>([|"SELECT Id AS Value FROM Users WHERE Name = '" + name + "'"|]).ToList();""",
        """void M(DbContext db, string name) => db.Database.SqlQuery<int>($"SELECT Id AS Value FROM Users WHERE Name = {name}").ToList();""")]
    [InlineData(
        """void M(DbContext db, string name) { var sql = $"SELECT * FROM Users WHERE Name = '{name}'"; db.Set<User>().FromSqlRaw([|sql|]).ToList(); }""",
        """void M(DbContext db, string name) { FormattableString sql = $"SELECT * FROM Users WHERE Name = {name}"; db.Set<User>().FromSql(sql).ToList(); }""")]
    public Task Raw_BecomesInterpolated(string before, string after) =>
        CodeFixVerifier.VerifyAsync<SqlNotConstantAnalyzer, InterpolatedSqlCodeFix>(STC1023_SqlFixSource.Wrap(before), STC1023_SqlFixSource.Wrap(after));

    [Theory]
    [InlineData("""void M(DbContext db, string table) => db.Set<User>().FromSqlRaw([|$"SELECT * FROM {table}"|]);""")]
    [InlineData("""void M(DbContext db, string name, object[] args) => db.Set<User>().FromSqlRaw([|"SELECT * FROM Users WHERE Id = {0} AND Name = '" + name + "'"|], args);""")]
    [InlineData("""void M(DbContext db, string name) => db.Set<User>().FromSqlRaw([|"SELECT * FROM Users WHERE Id = @id AND Name = '" + name + "'"|], new SqliteParameter("@id", 1));""")]
    [InlineData("""void M(DbContext db, string name) { var sql = $"SELECT * FROM Users WHERE Name = '{name}'"; Console.WriteLine(sql); db.Set<User>().FromSqlRaw([|sql|]).ToList(); }""")]
    public Task NotParameterizable_OffersNothing(string member) =>
        CodeFixVerifier.VerifyNoFixAsync<SqlNotConstantAnalyzer, InterpolatedSqlCodeFix>(STC1023_SqlFixSource.Wrap(member));
}
