using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1005_PathTraversalCodeFixTests
{
    [Fact]
    public Task Combine_BecomesSafePath() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, PathTraversalCodeFix>(
        "STC1005",
        """
        public string A(string name) => System.IO.File.ReadAllText([|Path.Combine(_root, name)|]);
        public string B(string name) { var path = Path.Combine(_root, "images", name); return System.IO.File.ReadAllText([|path|]); }
        """,
        """
        public string A(string name) => System.IO.File.ReadAllText(SafePath.Combine(_root, name));
        public string B(string name) { var path = SafePath.Combine(Path.Combine(_root, "images"), name); return System.IO.File.ReadAllText(path); }
        """);

    [Fact]
    public Task WithoutRuntime_TakesTheFileName() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, PathTraversalCodeFix>(
        "STC1005",
        """
        public string A(string name) => System.IO.File.ReadAllText([|Path.Combine(_root, name)|]);
        public string B(string name) => System.IO.File.ReadAllText([|"/data/" + name|]);
        public string C(string name) => System.IO.File.ReadAllText([|$"/data/{name}"|]);
        """,
        """
        public string A(string name) => System.IO.File.ReadAllText(Path.Combine(_root, Path.GetFileName(name)));
        public string B(string name) => System.IO.File.ReadAllText("/data/" + Path.GetFileName(name));
        public string C(string name) => System.IO.File.ReadAllText($"/data/{Path.GetFileName(name)}");
        """, hasRuntime: false);

    [Fact]
    public Task WholePath_IsLeft() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, PathTraversalCodeFix>(
        "STC1005",
        """
        public void A(string name) => System.IO.File.Delete([|name|]);
        """);
}
