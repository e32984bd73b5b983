using SecurityToolchain.Analyzers.Rules.Files;
using SecurityToolchain.CodeFixes.Files;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Files;

public sealed class STC5002_InsecureTempFileCodeFixTests
{
    [Fact]
    public Task Fix_RemovesTheWeakness() => CodeFixVerifier.VerifyAsync<InsecureTempFileAnalyzer, InsecureTempFileCodeFix>(
        """
        using System.IO;

        class Sample
        {
            string Run() => [|Path.GetTempFileName()|];
        }
        """,
        """
        using System.IO;

        class Sample
        {
            string Run() => Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        }
        """);
}
