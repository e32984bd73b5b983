using SecurityToolchain.Analyzers.Rules.Files;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Files;

public sealed class STC5002_InsecureTempFileTests
{
    [Theory]
    [InlineData("var p = [|Path.GetTempFileName()|];")]
    [InlineData("File.WriteAllText([|Path.Combine(Path.GetTempPath(), \"app.log\")|], text);")]
    [InlineData("var p = Path.Combine(Path.GetTempPath(), \"app\", \"state.json\"); File.WriteAllText([|p|], text);")]
    [InlineData("File.WriteAllText([|\"/tmp/app.txt\"|], text);")]
    [InlineData("using var s = File.Create([|Path.GetTempPath() + \"x.bin\"|]);")]
    [InlineData("using var w = new StreamWriter([|$\"/tmp/app-{Environment.ProcessId}.log\"|]);")]
    public Task Weakness_IsReported(string body) => Verifier.VerifyAsync<InsecureTempFileAnalyzer>(Method(body));

    [Theory]
    [InlineData("File.WriteAllText(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), text);")]
    [InlineData("File.WriteAllText(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()), text);")]
    [InlineData("var d = Directory.CreateTempSubdirectory(); File.WriteAllText(Path.Combine(d.FullName, \"x\"), text);")]
    [InlineData("File.WriteAllText(Path.Combine(Path.GetTempPath(), name), text);")]
    [InlineData("var t = File.ReadAllText(\"/tmp/app.txt\");")]
    [InlineData("File.WriteAllText(\"app.txt\", text);")]
    [InlineData("using var s = new FileStream(Path.Combine(Path.GetTempPath(), \"lock\"), FileMode.CreateNew);")]
    public Task SafeTwin_IsSilent(string body) => Verifier.VerifyAsync<InsecureTempFileAnalyzer>(Method(body));

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
