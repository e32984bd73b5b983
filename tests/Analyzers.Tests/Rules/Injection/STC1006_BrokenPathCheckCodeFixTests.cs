using SecurityToolchain.Analyzers.Rules.Injection.PathChecks;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1006_BrokenPathCheckCodeFixTests
{
    [Fact]
    public Task Prefix_GetsItsSeparator() => InjectionFixVerifier.VerifyAsync<BrokenPathCheckAnalyzer, BrokenPathCheckCodeFix>(
        "STC1006",
        """
        public string A(string name)
        {
            var full = Path.GetFullPath(Path.Combine(_root, name));
            if (![|full.StartsWith(_root)|])
                return "";
            return System.IO.File.ReadAllText(full);
        }
        """,
        """
        public string A(string name)
        {
            var full = Path.GetFullPath(Path.Combine(_root, name));
            if (!full.StartsWith(Path.GetFullPath(_root).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                return "";
            return System.IO.File.ReadAllText(full);
        }
        """);

    [Fact]
    public Task Path_BecomesCanonical() => InjectionFixVerifier.VerifyAsync<BrokenPathCheckAnalyzer, BrokenPathCheckCodeFix>(
        "STC1006",
        """
        public string A(string name)
        {
            var path = Path.Combine(_root, name);
            return [|path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)|] ? System.IO.File.ReadAllText(path) : "";
        }
        """,
        """
        public string A(string name)
        {
            var path = Path.Combine(_root, name);
            return Path.GetFullPath(path).StartsWith(Path.GetFullPath(_root).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? System.IO.File.ReadAllText(path) : "";
        }
        """);

    [Fact]
    public Task DotFilter_RefusesRootedPaths() => InjectionFixVerifier.VerifyAsync<BrokenPathCheckAnalyzer, BrokenPathCheckCodeFix>(
        "STC1006",
        """
        public string A(string name)
        {
            if ([|name.Contains("..")|])
                return "";
            return System.IO.File.ReadAllText(Path.Combine(_root, name));
        }
        public bool B(string name) => ![|name.Contains("..")|] && System.IO.File.Exists(Path.Combine(_root, name));
        """,
        """
        public string A(string name)
        {
            if (name.Contains("..") || Path.IsPathRooted(name))
                return "";
            return System.IO.File.ReadAllText(Path.Combine(_root, name));
        }
        public bool B(string name) => !(name.Contains("..") || Path.IsPathRooted(name)) && System.IO.File.Exists(Path.Combine(_root, name));
        """);
}
