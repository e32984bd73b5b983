using SecurityToolchain.Analyzers.Rules.Files;
using SecurityToolchain.CodeFixes.Files;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Files;

public sealed class STC5001_FileToctouCodeFixTests
{
    [Theory]
    [InlineData("if (File.Exists(p)) [|File.Delete(p)|];", "File.Delete(p);")]
    [InlineData("if (File.Exists(p) && t.Length > 0) [|File.Delete(p)|];", "if (t.Length > 0) File.Delete(p);")]
    [InlineData("if (!File.Exists(p)) [|File.WriteAllText(p, t)|];", "if (!File.Exists(p)) AtomicFile.WriteAllText(p, t);", "SecurityToolchain.Runtime.Files")]
    [InlineData("if (!File.Exists(p)) { using var s = [|File.Create(p)|]; }", "if (!File.Exists(p)) { using var s = new FileStream(p, FileMode.CreateNew, FileAccess.ReadWrite); }")]
    [InlineData("if (!File.Exists(p)) { using var s = [|new StreamWriter(p, false, System.Text.Encoding.ASCII)|]; }", "if (!File.Exists(p)) { using var s = new StreamWriter(new FileStream(p, FileMode.CreateNew, FileAccess.Write), System.Text.Encoding.ASCII); }")]
    [InlineData("if (!File.Exists(p)) { using var s = [|new FileStream(p, FileMode.Create, FileAccess.Write, FileShare.None)|]; }", "if (!File.Exists(p)) { using var s = new FileStream(p, FileMode.CreateNew, FileAccess.Write, FileShare.None); }")]
    [InlineData("if (!File.Exists(p)) { using var s = [|new FileStream(p, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write })|]; }", "if (!File.Exists(p)) { using var s = new FileStream(p, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }); }")]
    [InlineData("var i = new FileInfo(p); if (!i.Exists) { using var s = [|i.CreateText()|]; }", "var i = new FileInfo(p); if (!i.Exists) { using var s = new StreamWriter(i.Open(FileMode.CreateNew, FileAccess.Write)); }")]
    public Task SmallShapes(string before, string after, string? import = null) =>
        CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(Method(before), Method(after, import));

    [Fact]
    public Task DeleteThenMove_BecomesOverwrite() => CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(
        Method("""
        if (File.Exists(q))
                {
                    [|File.Delete(q)|];
                }

                File.Move(p, q);
        """),
        Method("""
        File.Move(p, q, overwrite: true);
        """));

    [Fact]
    public Task ReadInBranch_BecomesTry() => CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(
        Method("""
        if (File.Exists(p))
                {
                    t = [|File.ReadAllText(p)|];
                }
                else
                {
                    t = "none";
                }
        """),
        Method("""
        try
                {
                    t = File.ReadAllText(p);
                }
                catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    t = "none";
                }
        """));

    [Fact]
    public Task ReadAfterEarlyReturn_BecomesTry() => CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(
        Method("""
        if (!File.Exists(p))
                {
                    return;
                }

                t = [|File.ReadAllText(p)|];
                Console.WriteLine(t);
        """),
        Method("""
        try
                {

                    t = File.ReadAllText(p);
                    Console.WriteLine(t);
                }
                catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    return;
                }
        """));

    [Fact]
    public Task Conditional_BecomesTry() => CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(
        """
        using System.IO;

        class Store
        {
            public string? A(string p) => File.Exists(p) ? [|File.ReadAllText(p)|] : null;

            public string B(string p)
            {
                return !File.Exists(p) ? "" : [|File.ReadAllText(p)|];
            }

            public int C(string p)
            {
                var lines = File.Exists(p) ? [|File.ReadAllLines(p)|] : new string[0];
                return lines.Length;
            }
        }
        """,
        """
        using System.IO;

        class Store
        {
            public string? A(string p)
            {
                try
                {
                    return File.ReadAllText(p);
                }
                catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    return null;
                }
            }

            public string B(string p)
            {
                try
                {
                    return File.ReadAllText(p);
                }
                catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    return "";
                }
            }

            public int C(string p)
            {
                string[] lines;
                try
                {
                    lines = File.ReadAllLines(p);
                }
                catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    lines = new string[0];
                }
                return lines.Length;
            }
        }
        """);

    [Fact]
    public Task CopyToFreeName_BecomesTry() => CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(
        Method("""
        if (!File.Exists(q))
                    [|File.Copy(p, q)|];
        """),
        Method("""
        try
                {
                    File.Copy(p, q);
                }
                catch (IOException) when (File.Exists(q))
                {
                }
        """));

    [Fact]
    public Task DirectoryDelete_BecomesTry() => CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(
        Method("""
        if (Directory.Exists(p))
                    [|Directory.Delete(p, true)|];
        """),
        Method("""
        try
                {
                    Directory.Delete(p, true);
                }
                catch (DirectoryNotFoundException)
                {
                }
        """));

    [Fact]
    public Task AppendOrCreate_BecomesAppend() => CodeFixVerifier.VerifyAsync<FileToctouAnalyzer, FileToctouCodeFix>(
        Method("""
        if (File.Exists(p))
                    [|File.AppendAllText(p, t)|];
                else
                    [|File.WriteAllText(p, t)|];
        """),
        Method("File.AppendAllText(p, t);"),
        new VerifierOptions());

    [Theory]
    [InlineData("if (t.Length > 0 || !File.Exists(p)) [|File.WriteAllText(p, t)|];")]
    [InlineData("if (new FileInfo(p).LinkTarget is null) [|File.WriteAllText(p, t)|];")]
    [InlineData("if (Directory.Exists(p)) throw new IOException(); [|Directory.CreateDirectory(p)|];")]
    [InlineData("if (File.Exists(p)) [|File.AppendAllText(p, t)|];")]
    public Task ShapesWithoutSafeRewrite_OfferNothing(string body) =>
        CodeFixVerifier.VerifyNoFixAsync<FileToctouAnalyzer, FileToctouCodeFix>(Method(body));

    private static string Method(string body, string? import = null) => $$"""
        using System;
        using System.IO;{{(import is null ? string.Empty : "\nusing " + import + ";")}}

        class Sample
        {
            void Run(string p, string q, string t)
            {
                {{body}}
            }
        }
        """;
}
