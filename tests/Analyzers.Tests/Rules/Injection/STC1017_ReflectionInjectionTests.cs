namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1017_ReflectionInjectionTests
{
    [Theory]
    [InlineData("""public object? A(string name) => Type.GetType([|name|]);""")]
    [InlineData("""public object? A(string name) => Activator.CreateInstance("Plugins", [|name|]);""")]
    [InlineData("""public void A(string path) => System.Reflection.Assembly.LoadFrom([|path|]);""")]
    [InlineData("""public void A(string name, object o) => o.GetType().GetMethod([|name|])!.Invoke(o, null);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1017", members);

    [Theory]
    [InlineData("""public object? A(string name) { if (name is not ("A" or "B")) return null; return Type.GetType(name); }""")]
    [InlineData("""public object? A(string name) => name switch { "a" => new object(), _ => null };""")]
    [InlineData("""public object? A(string name) => Type.GetType("System.String");""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1017", members);
}
