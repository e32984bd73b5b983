using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1007_ZipSlipCodeFixTests
{
    [Fact]
    public Task Loop_BecomesExtractToDirectory() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, ZipSlipCodeFix>(
        "STC1007",
        """
        public void A(ZipArchive zip)
        {
            foreach (var entry in zip.Entries)
                entry.ExtractToFile([|Path.Combine(_root, entry.FullName)|], overwrite: true);
        }
        """,
        """
        public void A(ZipArchive zip)
        {
            zip.ExtractToDirectory(_root, true);
        }
        """);

    [Fact]
    public Task Destination_BecomesSafePath() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, ZipSlipCodeFix>(
        "STC1007",
        """
        public void A(ZipArchive zip)
        {
            foreach (var entry in zip.Entries)
            {
                var path = Path.Combine(_root, entry.FullName);
                if (entry.Length > 0)
                    entry.ExtractToFile([|path|]);
            }
        }
        """,
        """
        public void A(ZipArchive zip)
        {
            foreach (var entry in zip.Entries)
            {
                var path = SafePath.Combine(_root, entry.FullName);
                if (entry.Length > 0)
                    entry.ExtractToFile(path);
            }
        }
        """);

    [Fact]
    public Task WithoutRuntime_OtherLoopsAreLeft() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, ZipSlipCodeFix>(
        "STC1007",
        """
        public void A(ZipArchive zip)
        {
            foreach (var entry in zip.Entries)
            {
                if (entry.Length > 0)
                    entry.ExtractToFile([|Path.Combine(_root, entry.FullName)|]);
            }
        }
        """, hasRuntime: false);
}
