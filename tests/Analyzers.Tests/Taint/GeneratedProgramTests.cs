using System.Globalization;
using System.Text;
using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

public sealed class GeneratedProgramTests
{
    private const int ProgramsPerCompilation = 25;

    /// <summary>500 programs; <c>SECURITY_TOOLCHAIN_FLOW_PROGRAMS</c> sets another number.</summary>
    private static int Programs => int.TryParse(Environment.GetEnvironmentVariable("SECURITY_TOOLCHAIN_FLOW_PROGRAMS"), CultureInfo.InvariantCulture, out int number) ? number : 500;

    [Fact]
    public async Task Programs_WithKnownAnswer_GetThatAnswer()
    {
        var generator = new ProgramGenerator(seed: 20_260_101);
        for (int first = 0; first < Programs; first += ProgramsPerCompilation)
        {
            var source = new StringBuilder();
            for (int i = 0; i < ProgramsPerCompilation; i++)
                source.Append(generator.Generate(first + i));
            await FlowVerifier.VerifyAsync(source.ToString());
        }
    }
}
