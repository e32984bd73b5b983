namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1019_ResourceOrFormatInjectionTests
{
    [Theory]
    [InlineData("""public string A(string format, int n) => string.Format([|format|], n);""")]
    [InlineData("""public object A(string db) => new SqliteConnection([|"Data Source=" + db|]);""")]
    [InlineData("""public void A(string name) => Environment.SetEnvironmentVariable([|name|], "1");""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1019", members);

    [Theory]
    [InlineData("""public string A(string name) => string.Format("hello {0}", name);""")]
    [InlineData("""public object A(string db) => new SqliteConnectionStringBuilder { DataSource = db };""")]
    [InlineData("""public void A(string value) => Environment.SetEnvironmentVariable("APP_MODE", value);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1019", members);
}
