using SecurityToolchain.Analyzers.Rules.Files;
using SecurityToolchain.CodeFixes.Files;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Files;

public sealed class STC5003_WorldWritablePermissionsCodeFixTests
{
    [Fact]
    public Task Fix_RemovesTheWeakness() => CodeFixVerifier.VerifyAsync<WorldWritablePermissionsAnalyzer, WorldWritablePermissionsCodeFix>(
        """
        using System.IO;

        class Sample
        {
            void Run(string name) => File.SetUnixFileMode(name, [|UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite|]);
        }
        """,
        """
        using System.IO;

        class Sample
        {
            void Run(string name) => File.SetUnixFileMode(name, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        """);
}
