using SecurityToolchain.Analyzers.Rules.Files;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Files;

public sealed class STC5003_WorldWritablePermissionsTests
{
    [Theory]
    [InlineData("File.SetUnixFileMode(name, [|UnixFileMode.UserRead | UnixFileMode.OtherWrite|]);")]
    [InlineData("File.SetUnixFileMode(name, [|(UnixFileMode)511|]);")]
    [InlineData("Directory.CreateDirectory(name, [|UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite|]);")]
    [InlineData("using var s = new FileStream(name, new FileStreamOptions { UnixCreateMode = [|UnixFileMode.UserRead | UnixFileMode.OtherWrite|] });")]
    [InlineData("File.SetUnixFileMode(name, [|UnixFileMode.UserExecute | UnixFileMode.SetUser|]);")]
    public Task Weakness_IsReported(string body) => Verifier.VerifyAsync<WorldWritablePermissionsAnalyzer>(Method(body));

    [Theory]
    [InlineData("File.SetUnixFileMode(name, UnixFileMode.UserRead | UnixFileMode.UserWrite);")]
    [InlineData("File.SetUnixFileMode(name, UnixFileMode.UserRead | UnixFileMode.OtherRead);")]
    [InlineData("var all = UnixFileMode.OtherWrite; Console.WriteLine(all);")]
    [InlineData("if ((File.GetUnixFileMode(name) & UnixFileMode.OtherWrite) != 0) return;")]
    [InlineData("Directory.CreateDirectory(name, UnixFileMode.StickyBit | UnixFileMode.OtherWrite);")]
    public Task SafeTwin_IsSilent(string body) => Verifier.VerifyAsync<WorldWritablePermissionsAnalyzer>(Method(body));

    private static string Method(string body) => $$"""
        using System;
        using System.IO;

        class Sample
        {
            void Run(string name, string text)
            {
                {{body}}
            }
        }
        """;
}
