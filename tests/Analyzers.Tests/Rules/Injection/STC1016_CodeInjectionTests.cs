namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1016_CodeInjectionTests
{
    [Theory]
    [InlineData("""public void A(string expression, System.Data.DataTable table) => table.Compute([|expression|], null);""")]
    [InlineData("""public void A(string filter, System.Data.DataTable table) => table.Select([|"Name = '" + filter + "'"|]);""")]
    [InlineData("""public void A(string filter, System.Data.DataView view) => view.RowFilter = [|"Name = '" + filter + "'"|];""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1016", members);

    [Theory]
    [InlineData("""public void A(int id, System.Data.DataTable table) => table.Select("Id = " + id);""")]
    [InlineData("""public void A(string name, System.Data.DataTable table) => table.Rows.Add(name);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1016", members);
}
