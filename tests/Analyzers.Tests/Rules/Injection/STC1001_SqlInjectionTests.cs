namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1001_SqlInjectionTests
{
    [Theory]
    [InlineData("""public void A(string name, SqliteCommand command) { command.CommandText = [|"SELECT * FROM Users WHERE Name = '" + name + "'"|]; }""")]
    [InlineData("""public void A(string name, DbContext db) { var sql = $"DELETE FROM Users WHERE Name = '{name}'"; db.Database.ExecuteSqlRaw([|sql|]); }""")]
    [InlineData("""public Task A(string name, SqliteConnection c) => c.QueryAsync([|"SELECT * FROM Users WHERE Name = '" + name + "'"|]);""")]
    [InlineData("""public void A(SqliteConnection c) { string name = Request.Query["name"]!; c.Execute([|$"DELETE FROM T WHERE N = '{name}'"|]); }""")]
    [InlineData("""public void A(SqliteConnection c) { foreach (var h in Request.Headers) c.Execute([|"DELETE FROM T WHERE N = '" + h.Value + "'"|]); }""")]
    [InlineData("""public void A([FromServices] Repo repo, string name) => repo.Find(name); public class Repo(SqliteConnection c) { public void Find(string n) => c.Execute([|"DELETE FROM T WHERE N = '" + n + "'"|]); }""")]
    [InlineData("""public void A(string sort, SqliteConnection c) => c.Execute([|sort|]);""")]
    [InlineData("""public class Form { public string Name { get; set; } = ""; } public void A(Form form, SqliteConnection c) => c.Execute([|"DELETE FROM T WHERE N = '" + form.Name + "'"|]);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1001", members);

    [Theory]
    [InlineData("""public void A(int id, SqliteCommand command) { command.CommandText = "SELECT * FROM Users WHERE Id = " + id; }""")]
    [InlineData("""public void A(string name, SqliteConnection c) => c.Query("SELECT * FROM Users WHERE Name = @name", new { name });""")]
    [InlineData("""public void A(string name, DbContext db) => db.Database.ExecuteSql($"DELETE FROM Users WHERE Name = {name}");""")]
    [InlineData("""public void A(string name, DbContext db) => db.Database.ExecuteSqlRaw("DELETE FROM Users WHERE Name = {0}", name);""")]
    [InlineData("""private static readonly string[] s_ok = ["A", "B"]; public void A(string table, SqliteConnection c) { if (!s_ok.Contains(table)) return; c.Execute("DELETE FROM " + table); }""")]
    [InlineData("""public void A(string id, SqliteConnection c) { if (int.TryParse(id, out var n)) c.Execute("DELETE FROM T WHERE Id = " + n); }""")]
    [InlineData("""private class Fake { public void Execute(string sql) { } } public void A(string name) => new Fake().Execute("SELECT '" + name + "'");""")]
    [InlineData("""public void A(string name, SqliteCommand command) { command.CommandText = "SELECT 1"; command.Parameters.AddWithValue("@n", name); }""")]
    [InlineData("""public void A([FromQuery] int[] ids, List<Guid> keys, SqliteConnection c) => c.Execute("DELETE FROM T WHERE Id IN (" + string.Join(",", ids) + string.Join(",", keys) + ")");""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1001", members);
}
