using SecurityToolchain.Analyzers.Tests.Taint;
using SecurityToolchain.Analyzers.Rules.Injection.Decisions;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>Branches that rely on what a client says about itself.</summary>
public sealed class STC1021_UntrustedSecurityDecisionTests
{
    [Fact]
    public Task VulnerableAndSafeTwins_AreToldApart() => LineVerifier.VerifyRuleAsync<UntrustedDecisionAnalyzer>("STC1021", """
        public class HomeController : Controller
        {
          void DoIt() { } 
          public IActionResult A() { 
            if (Request.Cookies["isAdmin"] == "true") { DoIt(); return View("Admin"); } // finds STC1021
            return Forbid(); }
          public IActionResult B() { 
            if (Request.Headers["X-User-Role"] != "admin") return Forbid(); // finds STC1021
            DoIt(); return Ok(); }
          public IActionResult C() { var admin = Request.Query["admin"].ToString();
            if (admin == "1") DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult D(bool isAdmin) { 
            if (isAdmin) DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult E() { 
            if (Request.Headers.TryGetValue("X-Role", out var role) && role == "admin") DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult F() { 
            if (Request.Host.Host == "localhost") DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult G() { 
            if (Request.Headers["X-Forwarded-For"].ToString().StartsWith("10.")) return Ok("secret"); // finds STC1021
            return Unauthorized(); }
          bool IsAdmin() => Request.Cookies["role"] == "admin"; // finds STC1021
          public IActionResult H() { if (IsAdmin()) DoIt(); return Ok(); }
          bool Cond() { return Request.Cookies["role"] == "admin"; }
          public IActionResult I() { 
            if (Cond()) DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult J([FromHeader(Name="X-Role")] string role) {
            if (role.Equals("admin", StringComparison.OrdinalIgnoreCase)) DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult K() { 
            if (bool.Parse(Request.Cookies["authenticated"])) DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult L() { 
            if (bool.TryParse(Request.Query["isAdmin"], out var a) && a) DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult M() { 
            if (Dns.GetHostEntry(HttpContext.Connection.RemoteIpAddress!).HostName.Equals("trusted.example.com")) DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult N() { return Request.Cookies["role"] == "admin" ? View("Admin") : Forbid(); } // finds STC1021
          public IActionResult O() { 
            if (Request.Headers.Referer.ToString().StartsWith("https://shop.example/")) DoIt(); // finds STC1021
            return Ok(); }
          public IActionResult P() { 
            if (Request.Cookies["auth"] == "1") DoIt(); // finds STC1021
            return Ok(); }
          public async Task<IActionResult> Q(string u) { 
            await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.SignInAsync(HttpContext, new System.Security.Claims.ClaimsPrincipal());
            HttpContext.Session.SetString("user", u); // finds STC1021
            return Ok(); }
        }
        """);

    [Fact]
    public Task LookAlikesAndChecks_AreSilent() => LineVerifier.VerifyRuleAsync<UntrustedDecisionAnalyzer>("STC1021", """
        public class HomeController : Controller
        {
          void DoIt() { } readonly string _key = Environment.GetEnvironmentVariable("K")!;
          public IActionResult A() { if (User.IsInRole("admin")) DoIt(); return Ok(); }
          public IActionResult B() { if (Request.Cookies["theme"] == "dark") return View("Dark"); return View(); }
          public IActionResult C(int page, string sort, bool desc) { if (desc) DoIt(); if (page > 3) DoIt(); if (sort == "x") DoIt(); return Ok(); }
          public IActionResult D() { if (Request.Headers["X-Api-Key"] == _key) DoIt(); return Ok(); }
          public IActionResult E() { var p = HttpContext.RequestServices.GetService(typeof(Microsoft.AspNetCore.DataProtection.IDataProtector)) as Microsoft.AspNetCore.DataProtection.IDataProtector; var role = Microsoft.AspNetCore.DataProtection.DataProtectionCommonExtensions.Unprotect(p!, Request.Cookies["role"]!); if (role == "admin") DoIt(); return Ok(); }
          public IActionResult F() { if (string.IsNullOrEmpty(Request.Headers["Referer"])) return Ok(); if (Request.Headers["Accept"] == "application/json") DoIt(); return Ok(); }
          public IActionResult G() { if (User.IsInRole("admin") && Request.Query["admin"] == "1") DoIt(); return Ok(); }
          public IActionResult H() { string x; if (Request.Cookies["role"] == "admin") x = "a"; else x = "b"; return Ok(); }
          public IActionResult I(Dto d) { if (d.Role == "admin") d = new Dto(); return Ok(); } public class Dto { public string Role { get; set; } = ""; }
          public async Task<IActionResult> J(string u) { HttpContext.Session.Clear(); await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.SignInAsync(HttpContext, new System.Security.Claims.ClaimsPrincipal()); HttpContext.Session.SetString("user", u); return Ok(); }
          class R { public Dictionary<string,string> Cookies = new(); } public void K() { var Request = new R(); if (Request.Cookies["isAdmin"] == "true") DoIt(); }
          public IActionResult L() { if (false && Request.Cookies["isAdmin"] == "true") DoIt(); if (false) { if (Request.Cookies["isAdmin"] == "true") DoIt(); } return Ok(); }
          public IActionResult M() { if (Request.Cookies["session"] is null) return Unauthorized(); return Ok(); }
          public IActionResult N() { if (Request.Host.Host != "www.shop.example") return RedirectPermanent("https://www.shop.example/"); return Ok(); }
        }
        """);
}
