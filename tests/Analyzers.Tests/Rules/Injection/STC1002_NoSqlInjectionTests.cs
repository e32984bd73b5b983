namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1002_NoSqlInjectionTests
{
    // A stand-in with the library's names; ModelRowTests resolves the rows against the library itself.
    private const string More = """
        namespace MongoDB.Bson { public class BsonDocument { public BsonDocument(string name, string value) { } public static BsonDocument Parse(string json) => new("", ""); } } namespace Microsoft.Azure.Cosmos { public class QueryDefinition { public QueryDefinition(string query) { } public QueryDefinition WithParameter(string name, object value) => this; } }
        """;

    [Theory]
    [InlineData("""public void A(string name) => MongoDB.Bson.BsonDocument.Parse([|"{ name: '" + name + "' }"|]);""")]
    [InlineData("""public void A(string name) => _ = new Microsoft.Azure.Cosmos.QueryDefinition([|"SELECT * FROM c WHERE c.name = '" + name + "'"|]);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1002", members, More);

    [Theory]
    [InlineData("""public void A(string name) => _ = new Microsoft.Azure.Cosmos.QueryDefinition("SELECT * FROM c WHERE c.name = @name").WithParameter("@name", name);""")]
    [InlineData("""public void A(string name) => new MongoDB.Bson.BsonDocument("name", name);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1002", members, More);
}
