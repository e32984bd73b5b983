using SecurityToolchain.Analyzers.Tests.Taint;
using SecurityToolchain.Analyzers.Rules.Injection.PathChecks;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>Path checks that do not hold, and those that do.</summary>
public sealed class STC1006_BrokenPathCheckTests
{
    [Fact]
    public Task VulnerableAndSafeTwins_AreToldApart() => LineVerifier.VerifyRuleAsync<BrokenPathCheckAnalyzer>("STC1006", """
        class X {
          readonly string _root = "/data"; string _base; public X(string b) { _base = Path.GetFullPath(b); }
          string A(string n) { var full = Path.GetFullPath(Path.Combine("/data", n)); 
            if (!full.StartsWith("/data")) throw new Exception(); // finds STC1006
            return File.ReadAllText(full); }
          string B(string n) { var full = Path.GetFullPath(Path.Combine(_root, n)); 
            if (!full.StartsWith(_root, StringComparison.Ordinal)) throw new Exception(); // finds STC1006
            return File.ReadAllText(full); }
          string C(string n, string root) { var p = Path.Combine(root, n); 
            if (!p.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new Exception(); // finds STC1006
            return File.ReadAllText(p); }
          string D(string n) { 
            if (n.Contains("..")) throw new Exception(); // finds STC1006
            return File.ReadAllText(Path.Combine(_root, n)); }
          string E(string n) { 
            if (n.Contains("..")) throw new Exception(); // finds STC1006
            var p = Path.Combine(_root, "sub", n); return File.ReadAllText(p); }
          string F(string n) { if (n.Contains("..")) throw new Exception(); // finds STC1006
             return File.ReadAllText(n); }
          string G(string n) { if (n.Contains("..") || Path.IsPathRooted(n)) throw new Exception(); var d = Uri.UnescapeDataString(n); // finds STC1006
            return File.ReadAllText(Path.Combine(_root, d)); }
          bool Safe(string p) => !p.Contains("../"); // finds STC1006
          string H(string n) { if (!Safe(n)) throw new Exception(); return File.ReadAllText(Path.Combine(_root, n)); }
          string I(string n) { var full = Path.GetFullPath(n, _base); return full.StartsWith(_base, StringComparison.OrdinalIgnoreCase) ? File.ReadAllText(full) : ""; } // finds STC1006
          string J(string n) { var f = new FileInfo(Path.Combine(_base, n)); if (f.FullName.StartsWith(_base)) return File.ReadAllText(f.FullName); return ""; } // finds STC1006
          string K(string n) { if (!Path.Combine(_base, n).StartsWith(_base)) return ""; return File.ReadAllText(Path.Combine(_base, n)); } // finds STC1006
          string L(string n) => IsUnder(Path.GetFullPath(n), _base) ? File.ReadAllText(n) : ""; static bool IsUnder(string p, string root) { var full = Path.GetFullPath(p); return full.StartsWith(root); } // finds STC1006
          string M(string n) { var root = Path.GetFullPath("/data").TrimEnd(Path.DirectorySeparatorChar); var full = Path.GetFullPath(Path.Combine(root, n)); if (full.StartsWith(root)) return File.ReadAllText(full); return ""; } // finds STC1006
        }
        class Ok {
          readonly string _root = Path.GetFullPath("/data") + Path.DirectorySeparatorChar; readonly string _r2; public Ok(string r) { _r2 = r.EndsWith('/') ? r : r + "/"; }
          string A(string n) { var full = Path.GetFullPath(Path.Combine(_root, n)); if (!full.StartsWith(_root, StringComparison.Ordinal)) throw new Exception(); return File.ReadAllText(full); }
          string B(string n) { var full = Path.GetFullPath(Path.Combine(_r2, n)); if (!full.StartsWith(_r2, StringComparison.Ordinal)) throw new Exception(); return File.ReadAllText(full); }
          string C(string n) { var root = Path.GetFullPath("/data"); if (!root.EndsWith(Path.DirectorySeparatorChar)) root += Path.DirectorySeparatorChar; var full = Path.GetFullPath(Path.Combine(root, n)); return full.StartsWith(root, StringComparison.Ordinal) ? File.ReadAllText(full) : ""; }
          string D(string n, string root) { var full = Path.GetFullPath(Path.Combine(root, n)); if (full != root && !full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return ""; return File.ReadAllText(full); }
          string E(string n) { if (n.Contains("..") || Path.IsPathRooted(n)) return ""; return File.ReadAllText(Path.Combine(_root, n)); }
          string F(string n) { if (n.Contains("..") || n.Contains('/') || n.Contains('\\')) return ""; return File.ReadAllText(Path.Combine(_root, n)); }
          string G(string n) { var full = Path.GetFullPath(Path.Combine(_root, n)); return full.StartsWith($"{_r2}/", StringComparison.Ordinal) ? full : ""; }
          string H(string path, string basePath) { var full = Path.GetFullPath(path); return full.StartsWith(basePath) ? full.Substring(basePath.Length) : full; }
          bool I(string url) => url.StartsWith("/api") || url.StartsWith("https://") || url.Contains("..");
          string J(string n) { if (n.Contains("..")) return ""; return File.ReadAllText("/data/" + n); }
          string K(string n) { var full = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, n)); return full.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) ? File.ReadAllText(full) : ""; }
          string L(string n) { var d = Uri.UnescapeDataString(n); if (d.Contains("..") || Path.IsPathRooted(d)) return ""; return File.ReadAllText(Path.Combine(_root, d)); }
          string M(string full, string n) { var r = Path.GetRelativePath(_root, n); if (r.StartsWith("..")) return ""; return File.ReadAllText(n); }
          string N(string n) { var root = Path.GetFullPath("/data"); var full = Path.GetFullPath(Path.Combine(root, n)); if (full.StartsWith(root, StringComparison.Ordinal) && full[root.Length] == '/') return full; return ""; }
          IEnumerable<string> O(IEnumerable<string> l, string prefix) => l.Where(f => Path.GetFileName(f).StartsWith(prefix) && !f.Contains(".."));
          string P(string n) { if (n.Contains("..")) return ""; return File.ReadAllText(Path.Combine(_root, Path.GetFileName(n))); }
        }
        """);
}
