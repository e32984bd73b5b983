using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SecurityToolchain.Testing;
using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>What the section "Known limits" of docs/taint.md says, line by line: here the analysis is wrong and says so.</summary>
public sealed class KnownLimitTests
{
    private const string Safe = "class Safe { public string Make(string text) => \"x\"; }\n";

    // Who is called is known only at run time, so arguments are taken to reach the result.
    [Fact]
    public Task DynamicCall_ArgumentsReachTheResult_KnownLimit() => FlowVerifier.VerifyAsync(Safe + """
        class C { void M() { dynamic d = new Safe(); string made = d.Make(T.Source()); T.Sink([|made|]); } }
        """);

    [Fact]
    public Task Reflection_ArgumentsReachTheResult_KnownLimit() => FlowVerifier.VerifyAsync(Safe + """
        class C { void M() { var made = typeof(Safe).GetMethod("Make")!.Invoke(new Safe(), new object[] { T.Source() }); T.Sink([|made|]); } }
        """);

    // Whoever assigns the delegate is another method; objects inside its arguments are not followed there.
    [Fact]
    public Task ObjectInADelegateOfAField_KnownFalseNegative() => FlowVerifier.VerifyAsync("""
        class Box { public string Value = ""; }
        class C
        {
            private Action<Box> _run = _ => { };
            void Set() { _run = box => T.Sink(box.Value); }
            void Call() { var box = new Box { Value = T.Source() }; _run(box); }
        }
        """);

    [Fact]
    public Task SeventeenthImplementation_KnownFalseNegative()
    {
        var source = new StringBuilder("interface IStep { void Go(string text); }\n");
        for (int i = 1; i <= 17; i++)
            source.Append($"class Step{i} : IStep {{ public void Go(string text) {{ {(i == 17 ? "T.Sink(text);" : "Console.WriteLine(text);")} }} }}\n");
        source.Append("class C { void M(IStep step) => step.Go(T.Source()); }\n");
        return FlowVerifier.VerifyAsync(source.ToString());
    }

    [Fact]
    public Task PositionsInQueues_KnownLimit() => FlowVerifier.VerifyBodyAsync("""
        var queue = new Queue<string>(); queue.Enqueue("x"); queue.Enqueue(T.Source()); T.Sink([|queue.Dequeue()|]);
        """);

    [Fact]
    public Task PositionsInACollectionThatAnotherMethodFilled_KnownLimit() => FlowVerifier.VerifyAsync("""
        class C
        {
            static void Fill(List<string> list) { list.Add("x"); list.Add(T.Source()); }
            void M() { var list = new List<string>(); Fill(list); T.Sink([|list[0]|]); }
        }
        """);

    [Fact]
    public Task ThirteenthOrigin_KnownFalseNegative()
    {
        string joined = string.Concat(Enumerable.Range(0, 12).Select(static _ => "T.Source() + "));
        return FlowVerifier.VerifyBodyAsync($"string text = {joined}new Random().Next(); T.Secret(text);");
    }

    [Fact]
    public async Task SummaryWithMoreThan256Flows_IsCutOff_AndSaysSo_KnownLimit()
    {
        string sinks = string.Concat(Enumerable.Repeat("T.Sink(text);\n", 300));
        ImmutableArray<Diagnostic> found = await FlowVerifier.FindAsync($"class C {{ void Use(string text) {{ {sinks} }} void M() {{ Use(T.Source()); }} }}");
        Assert.InRange(found.Count(static diagnostic => diagnostic.Id == "TEST1"), 1, 256);
        Assert.Contains(found, static diagnostic => diagnostic.Id == "STC9001");
    }

    // The code of a referenced project is not there, so its constant result counts as made of its argument.
    [Fact]
    public Task ReferencedProject_IsALibrary_KnownLimit()
    {
        var compilation = CSharpCompilation.Create(
            "Other",
            [CSharpSyntaxTree.ParseText("public static class Other { public static string Constant(string text) => \"x\"; }", cancellationToken: TestContext.Current.CancellationToken)],
            TestReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        VerifierOptions options = VerifierOptions.Default with { References = [.. TestReferences.All, MetadataReference.CreateFromImage(image.ToArray())] };
        return FlowVerifier.VerifyAsync("class C { void M() { T.Sink([|Other.Constant(T.Source())|]); } }", options);
    }
}
