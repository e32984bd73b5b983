namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1003_CommandInjectionTests
{
    [Theory]
    [InlineData("""public void A(string host) => Process.Start("ping", [|"-c 1 " + host|]);""")]
    [InlineData("""public void A(string program) => Process.Start([|program|]);""")]
    [InlineData("""public void A(string host) { var info = new ProcessStartInfo("cmd.exe", [|"/c ping " + host|]); Process.Start(info); }""")]
    [InlineData("""public void A(string host) { var info = new ProcessStartInfo { FileName = "/bin/sh", Arguments = [|$"-c \"ping {host}\""|] }; Process.Start(info); }""")]
    [InlineData("""public void A(string command) { var info = new ProcessStartInfo("/bin/bash"); info.ArgumentList.Add("-c"); info.ArgumentList.Add([|command|]); Process.Start(info); }""")]
    [InlineData("""public void A(string branch) { var info = new ProcessStartInfo("git"); info.ArgumentList.Add("log"); info.ArgumentList.Add([|branch|]); Process.Start(info); }""")]
    [InlineData("""public void A() { using var p = new Process(); p.StartInfo.FileName = [|Request.Query["tool"]|]!; p.Start(); }""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1003", members);

    [Theory]
    [InlineData("""public void A(string host) { var info = new ProcessStartInfo("ping"); info.ArgumentList.Add("-c"); info.ArgumentList.Add(host); Process.Start(info); }""")]
    [InlineData("""public void A(string branch) { var info = new ProcessStartInfo("git"); info.ArgumentList.Add("log"); info.ArgumentList.Add("--"); info.ArgumentList.Add(branch); Process.Start(info); }""")]
    [InlineData("""public void A(int count) => Process.Start("ping", "-c " + count);""")]
    [InlineData("""public void A(string host) { if (!IPAddress.TryParse(host, out var address)) return; Process.Start("ping", address.ToString()); }""")]
    [InlineData("""public void A(string tool) { var name = tool switch { "a" => "alpha", "b" => "beta", _ => throw new ArgumentException() }; Process.Start(name); }""")]
    [InlineData("""public void A(string host) { if (!Regex.IsMatch(host, "^[a-z0-9.]+$")) return; Process.Start("ping", host); }""")]
    [InlineData("""private class Process2 { public static void Start(string f, string a) { } } public void A(string host) => Process2.Start("ping", host);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1003", members);
}
