using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using SecurityToolchain.Runtime.Input;

namespace SecurityToolchain.Runtime.Tests.Input;

public sealed partial class ValidatedJsonTests
{
    [Theory]
    [InlineData(1, 18)]
    [InlineData(100, 150)]
    public void Deserialize_AtTheBoundaries_IsAccepted(int nameLength, int age)
    {
        Registration value = Read(Document(new string('n', nameLength), "a@b.example", age));
        Assert.Equal(nameLength, value.Username.Length);
        Assert.Equal(age, value.Age);
    }

    [Theory]
    [InlineData(0, "a@b.example", 18, "$.Username")]
    [InlineData(101, "a@b.example", 18, "$.Username")]
    [InlineData(5, "a@b.example", 17, "$.Age")]
    [InlineData(5, "a@b.example", 151, "$.Age")]
    [InlineData(5, "no address", 18, "$.Email")]
    public void Deserialize_BeyondTheBoundaries_NamesTheMember(int nameLength, string email, int age, string path)
    {
        JsonValidationException error = Assert.Throws<JsonValidationException>(() => Read(Document(new string('n', nameLength), email, age)));
        Assert.Equal(path, Assert.Single(error.Problems).Path);
    }

    [Theory]
    [InlineData("""{"username":"a","username":"b","email":"a@b.example","age":20}""")]
    [InlineData("""{"username":"a","email":"a@b.example","age":20,"isAdmin":true}""")]
    [InlineData("""{"$type":"System.Diagnostics.Process","username":"a","email":"a@b.example","age":20}""")]
    [InlineData("""{"username":"a","email":"a@b.example","age":"20"}""")]
    [InlineData("""{"username":"a","email":"a@b.example","age":20,}""")]
    [InlineData("""{"username":"a","email":"a@b.example","age":20} x""")]
    [InlineData("""{"username":null,"email":"a@b.example","age":20}""")]
    [InlineData("""{/* c */"username":"a","email":"a@b.example","age":20}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{")]
    public void Deserialize_HostileDocument_IsRefused(string json) => Assert.Throws<JsonValidationException>(() => Read(json));

    [Fact]
    public void Deserialize_DepthAndSize_AreBounded()
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"child":""", depth)) + "null" + new string('}', depth);
        Assert.NotNull(ValidatedJson.Deserialize<Node>(Encoding.UTF8.GetBytes(Nested(32))));
        Assert.Throws<JsonValidationException>(() => ValidatedJson.Deserialize<Node>(Encoding.UTF8.GetBytes(Nested(33))));
        Assert.Throws<JsonValidationException>(() => ValidatedJson.Deserialize<Node>(Encoding.UTF8.GetBytes(Nested(100_000)), new ValidatedJsonOptions { MaxDepth = 256 }));
        byte[] large = Encoding.UTF8.GetBytes("{}" + new string(' ', 1024 * 1024 - 1));
        JsonValidationException error = Assert.Throws<JsonValidationException>(() => ValidatedJson.Deserialize<Node>(large));
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        Assert.NotNull(ValidatedJson.Deserialize<Node>(large.AsSpan(0, 1024 * 1024)));
    }

    [Fact]
    public void Deserialize_NestedObjectsAndLists_AreValidatedToo()
    {
        JsonValidationException error = Assert.Throws<JsonValidationException>(() =>
            ValidatedJson.Deserialize<Team>("""{"lead":{"username":"","email":"a@b.example","age":20},"members":[{"username":"a","email":"x","age":1}]}"""u8));
        Assert.Equal(["$.Lead.Username", "$.Members[0].Age", "$.Members[0].Email"], error.Problems.Select(static problem => problem.Path).Order());
    }

    [Fact]
    public void Deserialize_Message_HoldsNoContent()
    {
        JsonValidationException error = Assert.Throws<JsonValidationException>(() => Read("""{"username":"hunter2","email":"a@b.example","age":"hunter3"}"""));
        Assert.DoesNotContain("hunter", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("$.age", Assert.Single(error.Problems).Path);
    }

    [Fact]
    public void Deserialize_SourceGenerated_HasTheSameLimits()
    {
        static void Validate(Registration value, ICollection<JsonProblem> problems)
        {
            if (value.Age < 18)
                problems.Add(new JsonProblem("$.age", "too young"));
        }

        Registration value = ValidatedJson.Deserialize("""{"Username":"a","Email":"b","Age":20}"""u8, Context.Default.Registration, Validate);
        Assert.Equal(20, value.Age);
        Assert.Throws<JsonValidationException>(() => ValidatedJson.Deserialize("""{"Username":"a","Email":"b","Age":20,"Other":1}"""u8, Context.Default.Registration, Validate));
        Assert.Throws<JsonValidationException>(() => ValidatedJson.Deserialize("""{"Username":"a","Email":"b","Age":20,"Age":21}"""u8, Context.Default.Registration, Validate));
        Assert.Throws<JsonValidationException>(() => ValidatedJson.Deserialize("""{"Username":"a","Email":"b","Age":2}"""u8, Context.Default.Registration, Validate));
    }

    private static Registration Read(string json) => ValidatedJson.Deserialize<Registration>(Encoding.UTF8.GetBytes(json));

    private static string Document(string name, string email, int age) => $$"""{"username":"{{name}}","email":"{{email}}","age":{{age}}}""";

    internal sealed record Registration
    {
        [Required, StringLength(100, MinimumLength = 1)]
        public required string Username { get; init; }

        [Required, EmailAddress]
        public required string Email { get; init; }

        [Range(18, 150)]
        public required int Age { get; init; }
    }

    internal sealed record Team
    {
        public Registration? Lead { get; init; }

        public IReadOnlyList<Registration> Members { get; init; } = [];
    }

    internal sealed record Node
    {
        public Node? Child { get; init; }
    }

    [JsonSerializable(typeof(Registration))]
    internal sealed partial class Context : JsonSerializerContext;
}
