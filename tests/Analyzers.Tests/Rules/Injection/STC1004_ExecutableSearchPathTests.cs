using SecurityToolchain.Analyzers.Tests.Taint;
using SecurityToolchain.Analyzers.Rules.Injection.SearchPath;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>Programs and libraries by bare names; folders of the search path.</summary>
public sealed class STC1004_ExecutableSearchPathTests
{
    [Fact]
    public Task VulnerableAndSafeTwins_AreToldApart() => LineVerifier.VerifyRuleAsync<ExecutableSearchPathAnalyzer>("STC1004", """
        class X {
          void A() { Process.Start("cmd.exe", "/c dir"); } // finds STC1004
          void A2() { Process.Start("notepad"); } // finds STC1004
          void B() { var i = new ProcessStartInfo("git.exe") { UseShellExecute = false }; Process.Start(i); } // finds STC1004
          void C() { var i = new ProcessStartInfo { FileName = "calc", UseShellExecute = true }; Process.Start(i); } // finds STC1004
          void D() { using var p = new Process(); p.StartInfo.FileName = "powershell.exe"; p.Start(); } // finds STC1004
          const string Tool = "reg.exe"; void E() { Process.Start(Tool); } // finds STC1004
          static readonly string s_tool = "tool.exe"; void F() { Process.Start(s_tool); } // finds STC1004
          void G() { var t = "tool.exe"; var u = t; Process.Start(u); } // finds STC1004
          void H() { Run("tool.exe"); } void Run(string f) { Process.Start(f); } // finds STC1004
          string Get() => "tool.exe"; void I() { Process.Start(Get()); } // finds STC1004
          void J(bool w) { Process.Start(w ? "a.exe" : "/usr/bin/a"); } // finds STC1004
          void K() { System.Reflection.Assembly.LoadFrom("plugin.dll"); } // finds STC1004
          void L() { System.Runtime.InteropServices.NativeLibrary.Load("native.dll"); } // finds STC1004
          [System.Runtime.InteropServices.DllImport("kernel32")] static extern IntPtr LoadLibrary(string f); void M() { LoadLibrary("x.dll"); } // finds STC1004
          void N() { Environment.SetEnvironmentVariable("PATH", "/tmp:" + Environment.GetEnvironmentVariable("PATH")); } // finds STC1004
          void O() { var i = new ProcessStartInfo("/usr/bin/x"); i.Environment["PATH"] = ".:/usr/bin"; } // finds STC1004
          void P() { var i = new ProcessStartInfo("/usr/bin/x"); i.EnvironmentVariables["PATH"] = @"C:\Temp;C:\Windows"; } // finds STC1004
          void Q() { string f; if (DateTime.Now.Hour > 3) f = "x.exe"; else f = "/bin/x"; Process.Start(f); } // finds STC1004
          interface IT { string N(); } class T1 : IT { public string N() => "x.exe"; } void R(IT t) { Process.Start(t.N()); } // finds STC1004
          string _f; public X() { _f = "y.exe"; } void S() { Process.Start(_f); } // finds STC1004
        }
        class Ok {
          void A() { Process.Start(@"C:\Windows\System32\cmd.exe"); Process.Start("/usr/bin/git", "log"); Process.Start("https://example.com"); Process.Start("mailto:x@y.z"); }
          void B() { Process.Start(Path.Combine(Environment.SystemDirectory, "cmd.exe"), "/c dir"); Process.Start(Path.Combine(AppContext.BaseDirectory, "tool.exe")); }
          void C() { Process.Start(new ProcessStartInfo("readme.txt") { UseShellExecute = true }); }
          void D() { System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "x.dll")); System.Reflection.Assembly.Load("System.Xml"); System.Reflection.Assembly.LoadFrom("/opt/x.dll"); }
          void E() { if (false) Process.Start("cmd.exe"); var f = "cmd.exe"; f = "/bin/sh"; Process.Start(f); }
          void F() { Environment.SetEnvironmentVariable("PATH", "/usr/bin:" + Environment.GetEnvironmentVariable("PATH")); Environment.SetEnvironmentVariable("HOME", "/tmp"); }
          class Process2 { public static void Start(string f) { } } void G() { Process2.Start("cmd.exe"); System.Runtime.InteropServices.NativeLibrary.Load("x", typeof(Ok).Assembly, System.Runtime.InteropServices.DllImportSearchPath.AssemblyDirectory); }
          void I() { System.Runtime.InteropServices.NativeLibrary.TryLoad("libz.so.1", out _); }
          void H(string s) { Process.Start(s); Process.Start(Environment.ProcessPath!); Process.Start(new ProcessStartInfo { FileName = Environment.GetEnvironmentVariable("ComSpec") }); }
        }
        """);
}
