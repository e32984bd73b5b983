using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1023_SqlNotConstantTests
{
    [Theory]
    [InlineData("""void M(string name) { _command.CommandText = [|"SELECT * FROM Users WHERE Name = '" + name + "'"|]; }""")]
    [InlineData("""void M(string name) { _command.CommandText = [|$"SELECT * FROM Users WHERE Name = '{name}'"|]; }""")]
    [InlineData("""void M(string name) { _command.CommandText = [|string.Format("SELECT * FROM Users WHERE Name = '{0}'", name)|]; }""")]
    [InlineData("""void M(string name) { _command.CommandText = [|string.Concat("SELECT * FROM Users WHERE Name = '", name, "'")|]; }""")]
    [InlineData("""void M(string name) { var sql = "SELECT * FROM Users WHERE Name = '"; sql += name; sql += "'"; _command.CommandText = [|sql|]; }""")]
    [InlineData("""void M(string name) { _command.CommandText += [|name|]; }""")]
    [InlineData("""void M(string[] names) { _command.CommandText = [|"SELECT * FROM Users WHERE Name IN ('" + string.Join("','", names) + "')"|]; }""")]
    [InlineData("""void M(List<string> names) { _command.CommandText = [|$"SELECT * FROM Users WHERE Name IN ({string.Join(",", names.Select(n => "'" + n + "'"))})"|]; }""")]
    [InlineData("""void M(string name) { var b = new StringBuilder("SELECT * FROM Users WHERE Name = '"); b.Append(name).Append('\''); _command.CommandText = [|b.ToString()|]; }""")]
    [InlineData("""void M(string name) { var b = new StringBuilder(); b.AppendFormat("SELECT * FROM Users WHERE Name = '{0}'", name); _command.CommandText = [|b.ToString()|]; }""")]
    [InlineData("""void M(string name) { _command.CommandText = [|"SELECT * FROM Users WHERE Name = '@n'".Replace("@n", name)|]; }""")]
    [InlineData("""void M(string name) { using var c = new SqliteCommand([|"SELECT * FROM Users WHERE Name = '" + name + "'"|], _connection); }""")]
    [InlineData("""void M(string name) { using SqliteCommand c = new([|"SELECT * FROM Users WHERE Name = '" + name + "'"|], _connection); }""")]
    [InlineData("""void M(string name) { using var c = new SqliteCommand { CommandText = [|"SELECT * FROM Users WHERE Name = '" + name + "'"|] }; }""")]
    [InlineData("""void M(IDbCommand command, string name) { command.CommandText = [|"SELECT * FROM Users WHERE Name = '" + name + "'"|]; }""")]
    [InlineData("""void M(DbCommand command, string name) { command.CommandText = [|"SELECT * FROM Users WHERE Name = '" + name.Trim().ToUpper() + "'"|]; }""")]
    [InlineData("""async Task M(string name) { string text = await BuildAsync(name); _command.CommandText = [|text|]; } static async Task<string> BuildAsync(string n) { await Task.Yield(); return "SELECT * FROM T WHERE N = '" + n + "'"; }""")]
    [InlineData("""void M(string name) => _connection.Query([|"SELECT * FROM Users WHERE Name = '" + name + "'"|]);""")]
    [InlineData("""Task M(string name) => _connection.ExecuteAsync([|$"DELETE FROM Users WHERE Name = '{name}'"|], new { name });""")]
    [InlineData("""void M(string name) => _ = new CommandDefinition([|$"DELETE FROM Users WHERE Name = '{name}'"|]);""")]
    [InlineData("""void M(string name, DbContext db) => db.Database.ExecuteSqlRaw([|$"DELETE FROM Users WHERE Name = '{name}'"|]);""")]
    [InlineData("""void M(string name, DbContext db) { var sql = $"SELECT * FROM Users WHERE Name = '{name}'"; _ = db.Set<User>().FromSqlRaw([|sql|]).ToList(); }""")]
    [InlineData("""void M(string name, DbContext db) => _ = db.Database.SqlQueryRaw<int>([|"SELECT 1 WHERE 'a' = '" + name + "'"|]).ToList();""")]
    [InlineData("""void M(bool desc, string column) { var order = desc ? column + " DESC" : column; _command.CommandText = [|"SELECT * FROM Users ORDER BY " + order|]; }""")]
    [InlineData("""void M(DbDataReader reader) { _command.CommandText = [|"SELECT * FROM Users WHERE Name = '" + reader.GetString(0) + "'"|]; }""")]
    [InlineData("""void M() { _command.CommandText = [|Console.ReadLine()|]; }""")]
    [InlineData("""void M() { _command.CommandText = [|"SELECT * FROM T WHERE N = '" + Environment.GetEnvironmentVariable("N") + "'"|]; }""")]
    [InlineData("""void M(string id) { if (!string.IsNullOrEmpty(id)) _command.CommandText = [|"SELECT * FROM T WHERE Id = " + id|]; }""")]
    [InlineData("""void M(string name) { Func<string, string> quote = s => "'" + s + "'"; _command.CommandText = [|"SELECT * FROM T WHERE N = " + quote(name)|]; }""")]
    [InlineData("""void M(string name) { string Where() => " WHERE N = '" + name + "'"; _command.CommandText = [|"SELECT * FROM T" + Where()|]; }""")]
    [InlineData("""void M(string name) { _command.CommandText = [|"SELECT * FROM T WHERE N = '" + name.Replace("'", "''") + "'"|]; }""")]
    [InlineData("""void M(Filter f) { _command.CommandText = [|"SELECT * FROM T WHERE N = '" + f.Name + "'"|]; }""")]
    [InlineData("""void M(object value) { _command.CommandText = [|"SELECT * FROM T WHERE N = " + value|]; }""")]
    [InlineData("""void M(Dictionary<string, string> filter) { var sql = "SELECT * FROM T WHERE 1=1"; foreach (var p in filter) sql += $" AND {p.Key} = '{p.Value}'"; _command.CommandText = [|sql|]; }""")]
    [InlineData("""string _where = ""; void Set(string w) { _where = "WHERE N = '" + w + "'"; } void M() { _command.CommandText = [|"SELECT * FROM T " + _where|]; }""")]
    [InlineData("""readonly StringBuilder _sql = new(); void Add(string n) { _sql.Append(" AND N = '" + n + "'"); } void M() { _command.CommandText = [|_sql.ToString()|]; }""")]
    [InlineData("""void M(string name) { var conditions = new List<string>(); conditions.Add("A = 1"); conditions.Add("N = '" + name + "'"); _command.CommandText = [|"SELECT * FROM T WHERE " + string.Join(" AND ", conditions)|]; }""")]
    [InlineData("""void M(string name) { string sql; try { sql = "SELECT 1"; } catch { sql = "x"; } finally { } sql = sql + name; _command.CommandText = [|sql|]; }""")]
    [InlineData("""void M(string a, string b) { (string x, string y) = (a, "B"); _command.CommandText = [|"SELECT * FROM T WHERE N = '" + x + "'"|]; }""")]
    [InlineData("""void M(string a) { _command.CommandText = [|"SELECT * FROM T WHERE N = '" + Get(a) + "'"|]; } string Get(string x) { if (x.Length > 3) return "A"; return x; }""")]
    [InlineData("""void M(string a) { Fill(a, out var part); _command.CommandText = [|"SELECT * FROM T WHERE N = '" + part + "'"|]; } void Fill(string x, out string y) { y = x; }""")]
    [InlineData("""void M(string sql) { new Wrapper(_connection).Run([|"SELECT * FROM T WHERE N = '" + sql + "'"|]); } class Wrapper(SqliteConnection c) { public void Run(string text) { using var x = new SqliteCommand(text, c); x.ExecuteNonQuery(); } }""")]
    [InlineData("""interface IDb { void Run(string s); } class Db : IDb { public void Run(string s) => new SqliteCommand(s).ExecuteNonQuery(); } void M(IDb db, string n) => db.Run([|$"SELECT '{n}'"|]);""")]
    [InlineData("""void M(string table) { var allowed = new[] { "A", "B" }; if (allowed.Contains(table)) { } _command.CommandText = [|"SELECT * FROM " + table|]; }""")]
    [InlineData("""void M(string table) { var allowed = new[] { "A", "B" }; if (!allowed.Contains(table)) _command.CommandText = [|"SELECT * FROM " + table|]; }""")]
    [InlineData("""void M(string table, string[] allowed) { if (allowed.Contains(table)) _command.CommandText = [|"SELECT * FROM " + table|]; }""")]
    [InlineData("""void M(string table) { if (Regex.IsMatch(table, "[A-Z]+")) _command.CommandText = [|"SELECT * FROM " + table|]; }""")]
    public Task Text_WithPartFromElsewhere_IsReported(string member) => Verify(member);

    [Theory]
    [InlineData("""void M() { _command.CommandText = "SELECT * FROM Users"; }""")]
    [InlineData("""const string Table = "Users"; void M() { _command.CommandText = "SELECT * FROM " + Table; }""")]
    [InlineData("""static readonly string s_table = "Users"; void M() { _command.CommandText = $"SELECT * FROM {s_table}"; }""")]
    [InlineData("""private string _table = "Users"; void M() { _command.CommandText = $"SELECT * FROM {_table}"; }""")]
    [InlineData("""void M(int id) { _command.CommandText = "SELECT * FROM Users WHERE Id = " + id; }""")]
    [InlineData("""void M(Guid id, DateTime at, bool on, DayOfWeek day, decimal d, long? l) { _command.CommandText = $"SELECT * FROM Users WHERE Id = '{id}' AND At = '{at:O}' AND X = {on} AND D = {day} AND E = {d} AND F = {l}"; }""")]
    [InlineData("""void M(string id) { _command.CommandText = "SELECT * FROM Users WHERE Id = " + int.Parse(id); }""")]
    [InlineData("""void M(IEnumerable<int> ids) { _command.CommandText = $"SELECT * FROM Users WHERE Id IN ({string.Join(",", ids)})"; }""")]
    [InlineData("""void M(string[] names) { var holes = new List<string>(); for (int i = 0; i < names.Length; i++) { holes.Add("@p" + i); } _command.CommandText = "SELECT * FROM Users WHERE Name IN (" + string.Join(", ", holes) + ")"; }""")]
    [InlineData("""void M(string[] names) { _command.CommandText = $"SELECT * FROM Users WHERE Name IN ({string.Join(",", names.Select((n, i) => "@p" + i))})"; }""")]
    [InlineData("""void M(string[] names) { var holes = names.Select((_, i) => $"@p{i}").ToArray(); _command.CommandText = $"SELECT * FROM Users WHERE Name IN ({string.Join(",", holes)})"; }""")]
    [InlineData("""void M(bool all, string name) { var b = new StringBuilder("SELECT * FROM Users WHERE 1=1"); if (!all) b.Append(" AND Name = @name"); b.AppendLine(" ORDER BY Id"); _command.CommandText = b.ToString(); _command.Parameters.AddWithValue("@name", name); }""")]
    [InlineData("""void M(bool d) { var order = d ? "Name" : "Id"; var sql = "SELECT * FROM T ORDER BY " + order; if (d) sql += " DESC"; _command.CommandText = sql; }""")]
    [InlineData("""void M(string sort) { var order = sort switch { "name" => "Name", "date" => "At", _ => "Id" }; _command.CommandText = "SELECT * FROM T ORDER BY " + order; }""")]
    [InlineData("""void M(string sort) { string order; switch (sort) { case "name": order = "Name"; break; default: order = "Id"; break; } _command.CommandText = $"SELECT * FROM T ORDER BY {order}"; }""")]
    [InlineData("""static readonly Dictionary<string, string> s_columns = new() { ["name"] = "Name", ["date"] = "At" }; void M(string sort) { if (!s_columns.TryGetValue(sort, out var column)) column = "Id"; _command.CommandText = $"SELECT * FROM T ORDER BY {column}"; }""")]
    [InlineData("""static readonly Dictionary<string, string> s_columns = new() { { "name", "Name" } }; void M(string sort) { _command.CommandText = $"SELECT * FROM T ORDER BY {s_columns[sort]}"; }""")]
    [InlineData("""static readonly string[] s_tables = { "A", "B" }; void M(string table) { if (!s_tables.Contains(table)) throw new ArgumentException("table"); _command.CommandText = "SELECT * FROM " + table; }""")]
    [InlineData("""static readonly HashSet<string> s_tables = new(StringComparer.OrdinalIgnoreCase) { "A", "B" }; void M(string table) { if (s_tables.Contains(table)) { _command.CommandText = "SELECT * FROM " + table; } }""")]
    [InlineData("""static readonly string[] s_tables = { "A", "B" }; void M(string table) { Check(table); _command.CommandText = "SELECT * FROM " + table; } static void Check(string t) { if (Array.IndexOf(s_tables, t) < 0) throw new ArgumentException(); }""")]
    [InlineData("""void M(string table) { _command.CommandText = "SELECT * FROM " + Checked(table); } static string Checked(string t) { if (!Regex.IsMatch(t, "^[A-Za-z_]+$")) throw new ArgumentException(); return t; }""")]
    [InlineData("""static bool IsAllowed(string t) => t is "A" or "B"; void M(string table) { if (!IsAllowed(table)) return; _command.CommandText = "SELECT * FROM " + table; }""")]
    [InlineData("""void M(string table) { if (table != "A" && table != "B") return; _command.CommandText = "SELECT * FROM " + table; }""")]
    [InlineData("""void M(string table) { switch (table) { case "A": case "B": _command.CommandText = "SELECT * FROM " + table; break; } }""")]
    [InlineData("""void M(string table) { if (!table.All(char.IsLetterOrDigit)) throw new ArgumentException(); _command.CommandText = "SELECT * FROM " + table; }""")]
    [InlineData("""void M(string table) { _command.CommandText = "SELECT * FROM " + Regex.Replace(table, "[^A-Za-z0-9_]", ""); }""")]
    [InlineData("""void M(string table) { var t = s_all.FirstOrDefault(x => x == table) ?? "A"; _command.CommandText = "SELECT * FROM " + t; } static readonly string[] s_all = ["A", "B"];""")]
    [InlineData("""void M(string id) { if (!int.TryParse(id, out _)) return; _command.CommandText = "SELECT * FROM T WHERE Id = " + id; }""")]
    [InlineData("""void M(string table, DbCommandBuilder builder) { _command.CommandText = "SELECT * FROM " + builder.QuoteIdentifier(table); }""")]
    [InlineData("""void M(string table) { _command.CommandText = $"SELECT * FROM [{table.Replace("]", "]]")}]"; }""")]
    [InlineData("""void M(string table) { _command.CommandText = "SELECT * FROM [" + table.Replace("]", "]]") + "]"; }""")]
    [InlineData("""void M(string table) { _command.CommandText = "SELECT * FROM " + Quote(table); } static string Quote(string n) => "\"" + n.Replace("\"", "\"\"") + "\""; """)]
    [InlineData("""void M<T>() { _command.CommandText = $"SELECT {string.Join(",", typeof(T).GetProperties().Select(p => p.Name))} FROM {typeof(T).Name}"; }""")]
    [InlineData("""void M() { _command.CommandText = $"SELECT {nameof(User.Name)} FROM {nameof(User)}s"; }""")]
    [InlineData("""void M(DayOfWeek day) { _command.CommandText = "SELECT * FROM T WHERE D = '" + day.ToString() + "'"; }""")]
    [InlineData("""void M(string sql) { _command.CommandText = sql; } void Caller() => M("SELECT 1");""")]
    [InlineData("""public int Run(string sql, object args) => _connection.Execute(sql, args);""")]
    [InlineData("""private void Count(string table) { _command.CommandText = "SELECT COUNT(*) FROM " + table; } void A() => Count("A"); void B() => Count("B");""")]
    [InlineData("""abstract class Repo(SqliteCommand c) { protected abstract string Table { get; } public void All() => c.CommandText = "SELECT * FROM " + Table; } class Users(SqliteCommand c) : Repo(c) { protected override string Table => "Users"; }""")]
    [InlineData("""class Repo { readonly string _table; readonly SqliteCommand _c = new(); protected Repo(string table) => _table = table; public void All() => _c.CommandText = "SELECT * FROM " + _table; } class Users : Repo { public Users() : base("Users") { } }""")]
    [InlineData("""class Repo(string table) { readonly SqliteCommand _c = new(); public void All() => _c.CommandText = "SELECT * FROM " + table; } class Users() : Repo("Users");""")]
    [InlineData("""void M(string name, DbContext db) => db.Set<User>().FromSqlInterpolated($"SELECT * FROM Users WHERE Name = {name}");""")]
    [InlineData("""void M(string name, DbContext db) => db.Database.ExecuteSql($"DELETE FROM Users WHERE Name = {name}");""")]
    [InlineData("""void M(string name, DbContext db) => db.Database.ExecuteSqlRaw("DELETE FROM Users WHERE Name = {0}", name);""")]
    [InlineData("""void M(string name) => _connection.Query("SELECT * FROM Users WHERE Name = @name", new { name });""")]
    [InlineData("""void M(DbContext db) { var type = db.Model.FindEntityType(typeof(User))!; db.Database.ExecuteSqlRaw($"DELETE FROM {type.GetTableName()}"); }""")]
    [InlineData("""static string Query() => "SELECT 1"; void M() { _command.CommandText = Query(); }""")]
    [InlineData("""void M() { _command.CommandText = System.IO.File.ReadAllText("schema.sql"); }""")]
    [InlineData("""static readonly System.Resources.ResourceManager s_r = new(typeof(User)); void M() { _command.CommandText = "SELECT * FROM T " + s_r.GetString("where"); }""")]
    [InlineData("""void M() { string name = Console.ReadLine()!; name = "fixed"; _command.CommandText = "SELECT * FROM T WHERE N = '" + name + "'"; }""")]
    [InlineData("""void M() { string name; if (5 == 6) name = Console.ReadLine()!; else name = "x"; _command.CommandText = "SELECT * FROM T WHERE N = '" + name + "'"; }""")]
    [InlineData("""private bool _on = true; void M() { string name; if (_on) name = "x"; else name = Console.ReadLine()!; _command.CommandText = "SELECT * FROM T WHERE N = '" + name + "'"; }""")]
    [InlineData("""void M(string tainted) { var a = new string[2]; a[0] = tainted; a[1] = "x"; _command.CommandText = "SELECT * FROM T WHERE N = '" + a[1] + "'"; }""")]
    [InlineData("""void M(string tainted) { var a = new Dictionary<string, string>(); a["x"] = tainted; a["y"] = "x"; _command.CommandText = "SELECT * FROM T WHERE N = '" + a["y"] + "'"; }""")]
    [InlineData("""class Box { public string Value = ""; } void M(string t) { var bad = new Box(); bad.Value = t; var good = new Box(); good.Value = "x"; _command.CommandText = "SELECT * FROM T WHERE N = '" + good.Value + "'"; }""")]
    [InlineData("""void M(string tainted) { _command.CommandText = "SELECT * FROM T WHERE N = '" + Pick(tainted, "x") + "'"; } static string Pick(string a, string b) => b;""")]
    [InlineData("""void M(byte[] hash) { _command.CommandText = "SELECT * FROM T WHERE H = X'" + Convert.ToHexString(hash) + "'"; }""")]
    [InlineData("""void M(DbParameter p) { p.ParameterName = "@x"; _command.CommandText = "SELECT * FROM T WHERE N = " + p.ParameterName; }""")]
    [InlineData("""void M(string[] names) { var b = new StringBuilder(); foreach (var (n, i) in names.Select((n, i) => (n, i))) { b.Append($"@p{i},"); _command.Parameters.AddWithValue($"@p{i}", n); } _command.CommandText = "SELECT * FROM T WHERE N IN (" + b.ToString().TrimEnd(',') + ")"; }""")]
    [InlineData("""void M(Dictionary<string, object> values) { var sets = new List<string>(); int i = 0; foreach (var v in values.Values) { var p = "@v" + i++; sets.Add("C = " + p); _command.Parameters.AddWithValue(p, v); } _command.CommandText = "UPDATE T SET " + string.Join(",", sets); }""")]
    [InlineData("""enum Sort { A, B } void M(Sort sort) { var column = sort == Sort.A ? "A" : "B"; _command.CommandText = $"SELECT * FROM T ORDER BY {column} {(sort == Sort.A ? "ASC" : "DESC")}"; }""")]
    [InlineData("""async Task M(bool x) { var sql = await LoadAsync(x); _command.CommandText = sql + " LIMIT 1"; } static Task<string> LoadAsync(bool x) => Task.FromResult(x ? "SELECT 1" : "SELECT 2");""")]
    [InlineData("""void M(string s) { s = "Users"; void Inner() { _command.CommandText = "SELECT 1 FROM T"; } Inner(); }""")]
    [InlineData("""class Other { public string? CommandText { get; set; } public void Execute(string sql) { } } void M(Other o, string n) { o.CommandText = "SELECT '" + n + "'"; o.Execute("SELECT '" + n + "'"); }""")]
    [InlineData("""void M(string t) { if (5 != 5) _command.CommandText = "SELECT '" + t + "'"; }""")]
    [InlineData("""private static bool IsFalse() => false; private static readonly bool s_off = false; void M(string t) { var n = "x"; if (IsFalse()) n = t; if (s_off) n = t; _command.CommandText = "SELECT '" + n + "'"; }""")]
    [InlineData("""record R(string Name); void M(string t) { var r = new R(t); var s = r with { Name = "x" }; _command.CommandText = "SELECT '" + s.Name + "'"; }""")]
    [InlineData("""void M(string t) { var l = new List<string>(); l.Add(t); l.Add("x"); _command.CommandText = "SELECT '" + l[1] + "'"; }""")]
    [InlineData("""void M() { Action<string> run = n => _command.CommandText = "SELECT '" + n + "'"; run("x"); }""")]
    [InlineData("""void Use(string n) { _command.CommandText = "SELECT '" + n + "'"; } void M() { Action<string> run = Use; run("x"); }""")]
    [InlineData("""string _n = ""; string N { get => _n; set { _n = "'" + value + "'"; } } void M() { N = "x"; _command.CommandText = "SELECT " + N; }""")]
    [InlineData("""event Action<string>? Changed; void On(string n) { _command.CommandText = "SELECT '" + n + "'"; } void M() { Changed += On; Changed?.Invoke("x"); }""")]
    [InlineData("""void M() { var q = from x in new[] { "a", "b" } where x.Length > 0 select x + "1"; _command.CommandText = "SELECT '" + q.First() + "'"; }""")]
    [InlineData("""void M() { _command.CommandText = "SELECT '" + Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("x")) + Encoding.UTF8.GetString(Convert.FromBase64String("eA==")) + "'"; }""")]
    [InlineData("""void M() { _command.CommandText = "SELECT '" + Regex.Match("abc", "(b)").Groups[1].Value + new UriBuilder("http", "x").Uri.Host + new System.Xml.Linq.XElement("a", new System.Xml.Linq.XAttribute("n", "x")).Attribute("n")!.Value + "'"; }""")]
    [InlineData("""class W { public string V = ""; public static implicit operator W(string s) => new() { V = s + "!" }; } void M() { W w = "x"; _command.CommandText = "SELECT '" + w.V + "'"; }""")]
    [InlineData("""string Rec(string n, int depth) => depth == 0 ? n : Rec(n + "x", depth - 1); void M() { _command.CommandText = "SELECT '" + Rec("a", 3) + "'"; }""")]
    public Task Text_ConstantOrChecked_IsSilent(string member) => Verify(member);

    [Fact]
    public Task WrapperInOtherFile_CallIsReported() => Verifier.VerifyAsync<SqlNotConstantAnalyzer>(
        """
        class Caller { void M(Db db, string name) { db.Execute("SELECT 1"); db.Execute([|"SELECT '" + name + "'"|]); } }
        """,
        new VerifierOptions
        {
            Sources = new Dictionary<string, string>
            {
                ["Db.cs"] = """
                    using Dapper;
                    class Db(Microsoft.Data.Sqlite.SqliteConnection connection) { public int Execute(string sql) => connection.Execute(sql); }
                    """,
            },
        });

    [Fact]
    public Task TopLevelStatements_ProgramArgument_IsReported() => Verifier.VerifyAsync<SqlNotConstantAnalyzer>(
        """
        using var command = new Microsoft.Data.Sqlite.SqliteCommand([|"SELECT * FROM T WHERE N = '" + args[0] + "'"|]);
        """,
        new VerifierOptions { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Fact]
    public Task ModelBoundProperty_WithDefault_IsReported() => Verify("""
        class Query { public string Sort { get; set; } = "Name"; }
        void M(Query q) { _command.CommandText = [|"SELECT * FROM T ORDER BY " + q.Sort|]; }
        """);

    private static async Task Verify(string member) => await Verifier.VerifyAsync<SqlNotConstantAnalyzer>($$"""
        using System;
        using System.Collections.Generic;
        using System.Data;
        using System.Data.Common;
        using System.Linq;
        using System.Text;
        using System.Text.RegularExpressions;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        public class User { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Filter { public string Name { get; set; } = ""; }
        public class Sample
        {
            private readonly SqliteCommand _command = new();
            private readonly SqliteConnection _connection = new();
            {{member}}
        }
        """);
}
