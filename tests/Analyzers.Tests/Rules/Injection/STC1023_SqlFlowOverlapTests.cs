using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>Where input flows into a SQL text, STC1001 is reported and STC1023 is not.</summary>
public sealed class STC1023_SqlFlowOverlapTests
{
    [Fact]
    public Task InputInTheMethod_IsLeftToTheFlowRule() => Verify("""
        public class HomeController : Microsoft.AspNetCore.Mvc.Controller
        {
            public void A(string name, SqliteConnection c) => c.Execute("DELETE FROM T WHERE N = '" + name + "'");
            private void B(string name, SqliteConnection c) => c.Execute([|"DELETE FROM T WHERE N = '" + name + "'"|]);
        }
        """);

    [Fact]
    public Task InputFromAnotherClass_IsLeftToTheFlowRule() => Verify("""
        public class HomeController : Microsoft.AspNetCore.Mvc.Controller
        {
            public void A(string name, Repository r) => r.Delete(name);
        }

        public class Repository(SqliteConnection c)
        {
            public void Delete(string name) => c.Execute("DELETE FROM T WHERE N = '" + name + "'");
            public void Clean(string name) => c.Execute([|"DELETE FROM T WHERE N = '" + name + "'"|]);
        }
        """);

    [Fact]
    public Task InputThroughAWrapper_IsLeftToTheFlowRule() => Verify("""
        public class HomeController : Microsoft.AspNetCore.Mvc.Controller
        {
            public void A(string name, Repository r) => r.Run("DELETE FROM T WHERE N = '" + name + "'");
        }

        public class Repository(SqliteConnection c)
        {
            public void Run(string sql) => c.Execute(sql);
            public void Clean(string name) => Run([|"DELETE FROM T WHERE N = '" + name + "'"|]);
        }
        """);

    private static async Task Verify(string source) => await Verifier.VerifyAsync<SqlNotConstantAnalyzer>("using Dapper; using Microsoft.Data.Sqlite;\n" + source);
}
