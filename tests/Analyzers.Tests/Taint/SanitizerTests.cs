namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>Each sanitizer and validator on the sinks that it is for, and checks that are none.</summary>
public sealed class SanitizerTests
{
    [Fact]
    public Task EverySanitizer_IsSilent() => LineVerifier.VerifyWithLibrariesAsync("STC1001 STC1003 STC1005 STC1008 STC1009 STC1011 STC1012 STC1013 STC1014 STC1015 STC1018", """
        public class HomeController : Controller
        {
          SqliteConnection c = null!; HttpClient http = null!; ILogger log = null!; XmlDocument doc = null!; XmlWriter xw = null!;
          public void Parse1(string n) { Q("" + int.Parse(n)); Q("" + long.Parse(n)); Q("" + decimal.Parse(n)); Q("" + double.Parse(n)); Q("" + Guid.Parse(n)); Q("" + DateTime.Parse(n)); Q("" + bool.Parse(n)); Q("" + Enum.Parse<DayOfWeek>(n)); Q("" + Convert.ToInt32(n)); Q("" + Convert.ToDateTime(n)); Q("" + TimeSpan.Parse(n)); Q("" + DateOnly.Parse(n)); Q("" + Version.Parse(n).Major); Q("" + System.Numerics.BigInteger.Parse(n)); }
          void Q(string q) { using var k = new SqliteCommand(q, c); }
          public void Parse2(string n) { if (int.TryParse(n, out var i)) Q("" + i); if (Guid.TryParse(n, out _)) Q("'" + n + "'"); if (DateTime.TryParse(n, out _)) Q("'" + n + "'"); if (Enum.TryParse<DayOfWeek>(n, out var d)) Q("" + d); if (IPAddress.TryParse(n, out var ip)) Q("'" + ip + "'"); }
          public IActionResult Html(string n) => Content(WebUtility.HtmlEncode(n) + System.Text.Encodings.Web.HtmlEncoder.Default.Encode(n) + System.Security.SecurityElement.Escape(n) + System.Web.HttpUtility.HtmlEncode(n) + System.Web.HttpUtility.HtmlAttributeEncode(n) + Uri.EscapeDataString(n) + Convert.ToBase64String(Encoding.UTF8.GetBytes(n)) + Convert.ToHexString(Encoding.UTF8.GetBytes(n)) + JsonSerializer.Serialize(n) + new Microsoft.AspNetCore.Html.HtmlString("x"), "text/html");
          public void Hash(string n) { Q("'" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(n))) + "'"); using var h = SHA256.Create(); Q("'" + BitConverter.ToString(h.ComputeHash(Encoding.UTF8.GetBytes(n))) + "'"); }
          public void Pth(string n) { System.IO.File.Delete("/d/" + Path.GetFileName(n)); System.IO.File.Delete("/d/" + Path.GetFileNameWithoutExtension(n) + ".txt"); System.IO.File.Delete("/d/x" + Path.GetExtension(n)); }
          public void Pth2(string n) { if (n.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0) return; System.IO.File.Delete("/d/" + n); }
          public void Pth3(string n) { foreach (var ch in Path.GetInvalidFileNameChars()) n = n.Replace(ch, '_'); System.IO.File.Delete("/d/" + n); }
          public void Pth4(string n) { var safe = SecurityToolchain.Runtime.Files.SafePath.Combine("/d", n); System.IO.File.Delete(safe); }
          public void Pth5(string n) { var full = Path.GetFullPath(Path.Combine("/d", n)); var rel = Path.GetRelativePath("/d", full); if (rel.StartsWith("..") || Path.IsPathRooted(rel)) return; System.IO.File.Delete(full); }
          public void Pth6(string n) { if (!n.All(c => char.IsLetterOrDigit(c) || c == '_')) return; System.IO.File.Delete("/d/" + n); }
          public void Pth7(string n) { if (n.Contains('/') || n.Contains('\\') || n.Contains("..")) return; System.IO.File.Delete("/d/" + n); }
          public void Pth8(string n) { var full = Resolve("/d/", n); System.IO.File.Delete(full); } static string Resolve(string root, string n) { var full = Path.GetFullPath(Path.Combine(root, n)); if (!full.StartsWith(root, StringComparison.Ordinal)) throw new UnauthorizedAccessException(); return full; }
          public void Rx(string n) { new Regex(Regex.Escape(n)); Regex.IsMatch("x", "^" + Regex.Escape(n) + "$"); SecurityToolchain.Runtime.Input.SafeRegex.Create(n); }
          public void Lg(string n) { log.LogInformation("x " + n.ReplaceLineEndings("")); log.LogInformation("x " + n.Replace("\r", "").Replace("\n", "")); log.LogInformation("x " + SecurityToolchain.Runtime.Output.OutputEncoder.ForLog(n)); log.LogInformation("x " + n.Replace(Environment.NewLine, "")); log.LogInformation("x {0}", n); }
          public void Ld(string n, System.DirectoryServices.DirectorySearcher s) { s.Filter = "(uid=" + SecurityToolchain.Runtime.Output.OutputEncoder.ForLdapFilter(n) + ")"; }
          public void Xp(string n) { doc.SelectSingleNode("//u[@n=" + SecurityToolchain.Runtime.Output.OutputEncoder.ForXPathLiteral(n) + "]"); doc.SelectSingleNode("//u[@n='" + XmlConvert.EncodeName(n) + "']"); xw.WriteRaw(System.Security.SecurityElement.Escape(n)); }
          public IActionResult Rd(string n) { if (!Url.IsLocalUrl(n)) n = "/"; return Redirect(n); }
          public IActionResult Rd2(string n) { if (n == "/a" || n == "/b") return Redirect(n); return Redirect("/"); }
          public IActionResult Rd3(string n) { if (n.StartsWith('/') && !n.StartsWith("//") && !n.StartsWith("/\\")) return Redirect(n); return Redirect("/"); }
          public IActionResult Rd4(string n) => Redirect("/items/" + n); public IActionResult Rd5(string n) => Redirect("https://a.example/" + n); public IActionResult Rd6(string n) => Redirect($"~/x/{n}");
          static readonly Uri s_base = new("https://a.example/"); 
          public Task Hst(string n) { var u = new Uri(n); if (u.Host == "a.example" || u.Host.EndsWith(".a.example")) return http.GetAsync(u); return Task.CompletedTask; }
          public Task Hst2(string n) { if (!n.StartsWith("https://a.example/")) return Task.CompletedTask; return http.GetAsync(n); }
          public Task Hst3(string n) { if (!s_base.IsBaseOf(new Uri(n))) return Task.CompletedTask; return http.GetAsync(n); }
          public void Cmd(string n) { if (!Regex.IsMatch(n, @"\A[a-z0-9]+\z")) return; Process.Start("/bin/sh", "-c ls " + n); }
          public void Cmd2(string n) { if (!IPAddress.TryParse(n, out var ip)) return; Process.Start("/bin/ping", "-c 1 " + ip); }
          public void Cmd3(string n) { if (!Array.Exists(s_ok, x => x == n)) return; Process.Start("/bin/sh", "-c " + n); } static readonly string[] s_ok = { "a", "b" };
          public void Cmd4(string n) { if (!s_ok.Contains(n, StringComparer.Ordinal)) throw new Exception(); Process.Start("/bin/sh", "-c " + n); }
          public void Cmd5(string n) { if (Array.IndexOf(s_ok, n) < 0) return; Process.Start("/bin/sh", "-c " + n); }
          public void Cmd6(string n) { var x = s_ok.FirstOrDefault(o => o == n); if (x is null) return; Process.Start("/bin/sh", "-c " + x); }
          public void Cmd7(string n) { if (!IsOk(n)) return; Process.Start("/bin/sh", "-c " + n); } static bool IsOk(string n) => s_ok.Contains(n);
          public void Cmd8(string n) { Guard(n); Process.Start("/bin/sh", "-c " + n); } static void Guard(string n) { if (!s_ok.Contains(n)) throw new ArgumentException("x", nameof(n)); }
          public void Cmd10(string n) { var ok = new Regex("^[a-z]{1,8}$", RegexOptions.Compiled); if (!ok.Match(n).Success) return; Process.Start("/bin/sh", "-c " + n); }
          public void Cmd11(string n) { var clean = Regex.Replace(n, "[^a-zA-Z0-9]", ""); Process.Start("/bin/sh", "-c " + clean); }
          public void Cmd12(string n) { var clean = new string(n.Where(char.IsLetterOrDigit).ToArray()); Process.Start("/bin/sh", "-c " + clean); }
          public void Cmd13([System.ComponentModel.DataAnnotations.RegularExpression("^[a-z]+$")] string n) { if (!ModelState.IsValid) return; Process.Start("/bin/sh", "-c " + n); }
        }
        """);

    [Fact]
    public Task WeakChecks_AreReported() => LineVerifier.VerifyWithLibrariesAsync("STC1003", """
        public class HomeController : Controller
        {
          public void A(string n) { if (n.Length < 100) Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void B(string n) { if (!string.IsNullOrEmpty(n)) Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void C(string n) { if (Regex.IsMatch(n, "[a-z]+")) Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void D(string n) { if (Regex.IsMatch(n, "^.*$")) Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void E(string n) { var x = n.Trim().ToLower(); Process.Start("/bin/sh", "-c " + x); } // finds STC1003
          public void F(string n) { if (n != "rm") Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void G(string n) { if (s_no.Contains(n)) return; Process.Start("/bin/sh", "-c " + n); } static readonly string[] s_no = { "rm" }; // finds STC1003
          public void H(string n) { if (s_no.Contains(n)) { } Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void I(string n, List<string> ok) { if (ok.Contains(n)) Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void J(string n) { int.TryParse(n, out _); Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void K(string n) { try { int.Parse(n); } catch { } Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void L(string n) { var e = WebUtility.HtmlEncode(n); Process.Start("/bin/sh", "-c " + n); } // finds STC1003
          public void M(string n) { Process.Start("/bin/sh", "-c " + WebUtility.HtmlEncode(n)); } // finds STC1003
          public void N(string n) { var clean = Regex.Replace(n, "[;&|]", ""); Process.Start("/bin/sh", "-c " + clean); } // finds STC1003
        }
        """);

    // No row says that the method throws unless both are equal.
    [Fact]
    public Task ThrowIfNotEqual_KnownLimit() => LineVerifier.VerifyActionsAsync("STC1003", """
        public void A(string n) { ArgumentOutOfRangeException.ThrowIfNotEqual(n, "a"); Process.Start("/bin/sh", "-c " + n); } // finds STC1003
        """);
}
