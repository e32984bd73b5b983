namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1020_MassAssignmentTests
{
    [Theory]
    [InlineData("""public class Account { public int Id { get; set; } public string Name { get; set; } = ""; public bool IsAdmin { get; set; } } public void A([FromBody] Account account, DbContext db) { db.Add([|account|]); db.SaveChanges(); }""")]
    [InlineData("""public class Account { public int Id { get; set; } public string Name { get; set; } = ""; public bool IsAdmin { get; set; } } public void A(Account account, DbContext db) { db.Set<Account>().Update([|account|]); db.SaveChanges(); }""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1020", members);

    [Theory]
    [InlineData("""public class Account { public int Id { get; set; } public string Name { get; set; } = ""; } public class Input { public string Name { get; set; } = ""; } public void A(Input input, DbContext db) { db.Add(new Account { Name = input.Name }); }""")]
    [InlineData("""public class Account { public int Id { get; set; } public string Name { get; set; } = ""; } public void A([Bind("Name")] Account account, DbContext db) { db.Add(account); }""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1020", members);
}
