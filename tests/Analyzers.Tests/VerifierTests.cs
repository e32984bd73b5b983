using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests;

public sealed class VerifierTests
{
    [Fact]
    public void Markup_NestedMarks_AreRemovedAndCounted()
    {
        Markup markup = Markup.Parse("a[|b{|#1:c|}|]{|STC1001:d|}e");

        Assert.Equal("abcde", markup.Text);
        Assert.Equal([new ExpectedSpan(null, new TextSpan(1, 2)), new ExpectedSpan("STC1001", new TextSpan(3, 1))], markup.Diagnostics);
        Assert.Equal([new TextSpan(2, 1)], markup.FlowSteps);
    }

    [Fact]
    public void Markup_OpenMark_IsRefused() => Assert.Throws<FormatException>(() => Markup.Parse("a[|b"));
}
