namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>Which value is which: decoded text, numbers in boxes, keys of several objects, named credentials.</summary>
public sealed class ValueIdentityTests
{
    [Fact]
    public Task CookiesHeadersAndClaims_ByName() => LineVerifier.VerifyActionsAsync("STC2008", """
            public void A() { var v = new Random().NextInt64().ToString(); Response.Cookies.Append("auth", v); } // finds STC2008
            public void B() { Response.Cookies.Append("session", new Random().Next().ToString()); } // finds STC2008
            public void C() { var v = new Random().Next().ToString(); Response.Cookies.Append("theme", v); }
            public void D() { Response.Headers["X-Auth"] = new Random().Next().ToString(); } // finds STC2008
            public void D2() { Response.Headers.Append("X-Api-Key", new Random().Next().ToString()); } // finds STC2008
            public void E() { Response.Headers["X-Request-Id"] = new Random().Next().ToString(); }
            public void F() { var c = new System.Security.Claims.Claim("auth_token", new Random().Next().ToString()); } // finds STC2008
            public void F2() { var c = new System.Security.Claims.Claim("color", new Random().Next().ToString()); }
            public void G() { Response.Cookies.Append("authid", new Random().NextInt64().ToString(), new CookieOptions()); } // finds STC2008
            public void H() { Response.Cookies.Append("remember_me", new Random().NextInt64().ToString(), new CookieOptions()); } // finds STC2008
            public void I() { Response.Cookies.Append("ASP.NET_SessionId", new Random().NextInt64().ToString(), new CookieOptions()); } // finds STC2008
            public void J() { Response.Cookies.Append("ab_bucket", new Random().Next(2).ToString(), new CookieOptions()); }
            public void K() { var b = new byte[16]; new Random().NextBytes(b); Response.Cookies.Append("rememberMe", Convert.ToBase64String(b)); } // finds STC2008
        """);

    [Fact]
    public Task DecodedValues_AreDangerousAgain() => LineVerifier.VerifyActionsAsync("STC1001 STC1005 STC1011", """
            public string A(string name) { var s = Convert.ToBase64String(Encoding.UTF8.GetBytes(name)); var t = Encoding.UTF8.GetString(Convert.FromBase64String(s)); return System.IO.File.ReadAllText("/d/" + t); } // finds STC1005
            public void B(string name, SqliteConnection c) { var s = Convert.ToBase64String(Encoding.UTF8.GetBytes(name)); var t = Encoding.UTF8.GetString(Convert.FromBase64String(s)); var k = c.CreateCommand(); k.CommandText = "select " + t; } // finds STC1001
            public void C(string name, SqliteConnection c) { var s = Convert.ToBase64String(Encoding.UTF8.GetBytes(name)); var k = c.CreateCommand(); k.CommandText = "select '" + s + "'"; }
            public void D(string name, SqliteConnection c) { var s = Convert.ToHexString(Encoding.UTF8.GetBytes(name)); var t = Encoding.UTF8.GetString(Convert.FromHexString(s)); var k = c.CreateCommand(); k.CommandText = "select " + t; } // finds STC1001
            public void E(string name, SqliteConnection c) { var s = Uri.EscapeDataString(name); var t = Uri.UnescapeDataString(s); var k = c.CreateCommand(); k.CommandText = "select " + t; } // finds STC1001
            public void F(string name, SqliteConnection c) { var s = WebUtility.UrlEncode(name); var t = WebUtility.UrlDecode(s); var k = c.CreateCommand(); k.CommandText = "select " + t; } // finds STC1001
            public IActionResult G(string name) { var s = WebUtility.HtmlEncode(name); return Content("<b>" + WebUtility.HtmlDecode(s) + "</b>", "text/html"); } // finds STC1011
        """);

    [Fact]
    public Task NumbersInBoxes_AreNoBytes() => LineVerifier.VerifyAsync("STC2009", """
        class X { byte[] M() {
          var d = new Dictionary<string, object>();
          d["t"] = DateTime.UtcNow.Ticks; d["k"] = Encoding.UTF8.GetBytes("x");
          var key = (byte[])d["k"];
          return key; }
          void N(string which) { var d = new Dictionary<string, object>(); d["t"] = Stopwatch.GetTimestamp(); d["token"] = Load(); var token = (byte[])d[which]; Use(token); }
          void N2(string which) { var d = new Dictionary<string, object>(); d["t"] = Stopwatch.GetTimestamp(); d["token"] = Load(); var password = d[which] as string; Console.WriteLine(password); }
          byte[] Load() => new byte[3]; void Use(byte[] token) { }
        }
        """);

    [Fact]
    public Task KeysOfOtherObjects_AreApart() => LineVerifier.VerifyAsync("STC2008", """
        class X { 
          byte[] M(byte[] data) { using var a = Aes.Create(); var k = new byte[32]; new Random().NextBytes(k); a.Key = k; // finds STC2008
             using var b = Aes.Create(); b.GenerateKey(); var key = b.Key; return key; }
          byte[] N(byte[] data) { using var a = Aes.Create(); a.Key = Weak(); // finds STC2008
             using var b = Aes.Create(); b.Key = RandomNumberGenerator.GetBytes(32); using var c = new AesGcm(b.Key, 16); return b.Key; }
          byte[] Weak() { var k = new byte[32]; new Random().NextBytes(k); return k; }
          Aes Make() => Aes.Create();
          void O() { var a = Make(); a.Key = Weak(); // finds STC2008
            var b = Make(); var key2 = b.Key; new HMACSHA256(b.Key); }
          private readonly Aes _a = Aes.Create(), _b = Aes.Create();
          void P() { _a.Key = Weak(); // finds STC2008
           }
          void Q() { new HMACSHA256(_b.Key); }
        }
        """);
}
