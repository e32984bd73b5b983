namespace SecurityToolchain.EndToEnd.Tests.Analyzers;

/// <summary>New projects are what everybody starts with: a finding in one is a false positive that everybody sees.</summary>
public sealed class TemplateTests(TemplateBuild build) : IClassFixture<TemplateBuild>
{
    [Theory]
    [InlineData("webapi")]
    [InlineData("mvc")]
    [InlineData("razor")]
    [InlineData("console")]
    [InlineData("classlib")]
    [InlineData("blazor")]
    public void NewProject_HasNoFinding(string template)
    {
        Assert.Contains(template, TemplateBuild.Names);
        Assert.Empty(build.Consumer.Findings("New" + template));
    }
}
