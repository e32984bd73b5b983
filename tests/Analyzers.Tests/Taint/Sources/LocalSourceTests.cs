namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Arguments, console, environment, files, databases: sources in their threat models only.</summary>
public sealed class LocalSourceTests
{
    [Fact]
    public Task LocalAndStored_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        class Lo { static void Main2(string[] args) { }
          void A() { File.Delete(Console.ReadLine()); // finds STC1005
           File.Delete(Console.In.ReadToEnd()); // finds STC1005
           File.Delete(Environment.GetEnvironmentVariable("x")); // finds STC1005
           File.Delete(Environment.GetCommandLineArgs()[1]); // finds STC1005
           File.Delete(File.ReadAllText("x")); // finds STC1005
           foreach (var l in File.ReadLines("x")) File.Delete(l); // finds STC1005
           using var r = new StreamReader("x"); File.Delete(r.ReadLine()); // finds STC1005
           using var p = new Process(); p.Start(); File.Delete(p.StandardOutput.ReadToEnd()); // finds STC1005
           }
          void B(System.Data.IDataReader r, SqliteCommand c, System.Data.IDbConnection k) { File.Delete(r.GetString(0)); // finds STC1005
           File.Delete((string)c.ExecuteScalar()); // finds STC1005
           File.Delete((string)r["x"]); // finds STC1005
           File.Delete("/d/" + r.GetInt32(0));
           File.Delete(k.QueryFirst<string>("select 1")); } // finds STC1005
          void D(System.Data.DataTable t) { foreach (System.Data.DataRow r in t.Rows) File.Delete((string)r["x"]); } // finds STC1005
          void E(Db db) { File.Delete(db.Rows.First(x => x.Id == 1).Name); } // finds STC1005
          async Task F(Db db) { var x = await db.Rows.Where(r => r.Id == 3).ToListAsync(); File.Delete(x[0].Name); // finds STC1005
             var y = await db.Rows.FindAsync(2); File.Delete(y!.Name); // finds STC1005
             File.Delete("/d/" + y!.Id); }
          void Cfg(Microsoft.Extensions.Configuration.IConfiguration c) { File.Delete(c["x"]); } // finds STC1005
        }
        public class Row { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Db : DbContext { public DbSet<Row> Rows => Set<Row>(); }
        """, "remote, local, stored");

    [Fact]
    public Task LocalAndStored_AreTrustedByDefault() => LineVerifier.VerifyAsync("STC1005", """
        class Q { void A() { File.Delete(Console.ReadLine()); File.Delete(Environment.GetEnvironmentVariable("x")); File.Delete(File.ReadAllText("x")); } void B(System.Data.IDataReader r) { File.Delete(r.GetString(0)); } }
        """);

    [Fact]
    public Task TopLevelArguments_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        File.Delete(args[0]); // finds STC1005
        """, "remote, local, stored", Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task MainArguments_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        class P { static void Main(string[] args) { File.Delete(args[0]); } } // finds STC1005
        """, "remote, local, stored", Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task AsynchronousMainArguments_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        class P { static async Task<int> Main(string[] a) { await Task.Yield(); File.Delete(a[0]); return 0; } } // finds STC1005
        """, "remote, local, stored", Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
}
