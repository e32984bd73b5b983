using SecurityToolchain.MsBuildTasks.PackageNames;

namespace SecurityToolchain.MsBuildTasks.Tests.PackageNames;

public sealed class EditScriptTests
{
    [Theory]
    [InlineData("serilog", "serilgo", 1, true, "'o' and 'g' swapped")]
    [InlineData("serilog", "serillog", 1, true, "'l' added")]
    [InlineData("serilog", "serlog", 1, false, "'i' left out")]
    [InlineData("serilog", "serikog", 1, true, "'k' for 'l'")]
    [InlineData("serilog", "serixog", 1, false, "'x' for 'l'")]
    [InlineData("serilog", "sreiloog", 2, true, "'e' and 'r' swapped and 'o' added")]
    public void Between_CloseTexts_DescribesTheEdits(string from, string to, int count, bool slip, string text)
    {
        EditScript? script = EditScript.Between(from, to, 2);
        Assert.NotNull(script);
        Assert.Equal(count, script.Count);
        Assert.Equal(slip, script.IsSlip);
        Assert.Equal(text, script.ToString());
    }

    [Theory]
    [InlineData("serilog", "serilog")]
    [InlineData("serilog", "dapper")]
    [InlineData("abc", "abcdef")]
    public void Between_EqualOrDistantTexts_IsNull(string from, string to) => Assert.Null(EditScript.Between(from, to, 2));

    [Fact]
    public void OnlyDigits_VersionNumber_IsTrue() => Assert.True(EditScript.Between("itext", "itext7", 1)!.OnlyDigits);
}
