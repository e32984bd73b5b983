using Microsoft.Extensions.Configuration;
using SecurityToolchain.Runtime.Secrets;

namespace SecurityToolchain.Runtime.Tests.Secrets;

public sealed class SecretProviderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stc-secrets-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void GetRequired_EnvironmentVariable_IsReturned()
    {
        Environment.SetEnvironmentVariable("STC_TEST_KEY_1", "value-1");
        Assert.Equal("value-1", SecretProvider.Default.GetRequired("STC_TEST_KEY_1"));
        Environment.SetEnvironmentVariable("STC_TEST_A__B", "value-2");
        Assert.Equal("value-2", SecretProvider.Default.GetRequired("STC_TEST_A:B"));
        Assert.Equal("value-1", new EnvironmentSecretSource("STC_TEST_").Find("KEY_1"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void GetRequired_MissingOrEmpty_NamesTheSecretAndThePlaces(string? value)
    {
        Environment.SetEnvironmentVariable("STC_TEST_ABSENT", value);
        SecretNotFoundException error = Assert.Throws<SecretNotFoundException>(() => SecretProvider.Default.GetRequired("STC_TEST_ABSENT"));
        Assert.Equal("STC_TEST_ABSENT", error.Name);
        Assert.Equal(["environment variables", "files in '/run/secrets'"], error.SearchedPlaces);
        Assert.Equal("The secret 'STC_TEST_ABSENT' is missing or empty. Searched: environment variables; files in '/run/secrets'.", error.Message);
        Assert.Null(SecretProvider.Default.Find("STC_TEST_ABSENT"));
    }

    [Theory]
    [InlineData("value\n", "value")]
    [InlineData("value\r\n", "value")]
    [InlineData("value\n\n", "value\n")]
    [InlineData("  value ", "  value ")]
    [InlineData("\uFEFFvalue", "value")]
    public void File_OneNewlineAtTheEnd_IsNotPartOfTheSecret(string content, string expected)
    {
        File.WriteAllText(Path.Combine(_directory, "DB_PASSWORD"), content);
        Assert.Equal(expected, new SecretProvider(new FileSecretSource(_directory)).GetRequired("DB_PASSWORD"));
    }

    [Fact]
    public void File_NameInLowerCaseOrWithColons_IsFound()
    {
        File.WriteAllText(Path.Combine(_directory, "api_key"), "lower");
        File.WriteAllText(Path.Combine(_directory, "ConnectionStrings__Main"), "nested");
        var source = new FileSecretSource(_directory);
        Assert.Equal("lower", source.Find("API_KEY"));
        Assert.Equal("nested", source.Find("ConnectionStrings:Main"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("/etc/hostname")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    public void File_NameThatLeavesTheDirectory_IsNotFound(string name)
    {
        string inner = Directory.CreateDirectory(Path.Combine(_directory, "inner")).FullName;
        File.WriteAllText(Path.Combine(_directory, "outside"), "escaped");
        Assert.Null(new FileSecretSource(inner).Find(name));
    }

    [Fact]
    public void File_TooLargeOrNotText_IsAFormatErrorWithoutTheValue()
    {
        File.WriteAllText(Path.Combine(_directory, "BIG"), new string('s', FileSecretSource.MaxSizeInBytes + 1));
        File.WriteAllBytes(Path.Combine(_directory, "BINARY"), [0x73, 0xFF, 0xFE, 0x73]);
        var provider = new SecretProvider(new FileSecretSource(_directory));
        Assert.Contains("65536", Assert.Throws<SecretFormatException>(() => provider.GetRequired("BIG")).Message, StringComparison.Ordinal);
        SecretFormatException error = Assert.Throws<SecretFormatException>(() => provider.GetRequired("BINARY"));
        Assert.Equal("BINARY", error.Name);
        Assert.Null(error.InnerException);
        Assert.DoesNotContain("FF", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_ComesFirst_AndFollowsAReload()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Smtp:Password", "first")]).Build();
        Environment.SetEnvironmentVariable("Smtp__Password", "environment");
        var provider = SecretProvider.FromConfiguration(configuration);
        Assert.Equal("first", provider.GetRequired("Smtp:Password"));
        configuration["Smtp:Password"] = "second";
        Assert.Equal("second", provider.GetRequired("Smtp:Password"));
        configuration["Smtp:Password"] = "";
        Assert.Equal("environment", provider.GetRequired("Smtp:Password"));
    }

    [Fact]
    public void GetRequiredBytes_Base64_IsDecodedOrNamed()
    {
        File.WriteAllText(Path.Combine(_directory, "KEY"), Convert.ToBase64String([1, 2, 3, 4]));
        File.WriteAllText(Path.Combine(_directory, "BAD"), "not*base64");
        var provider = new SecretProvider(new FileSecretSource(_directory));
        Assert.Equal([1, 2, 3, 4], provider.GetRequiredBytes("KEY"));
        SecretFormatException error = Assert.Throws<SecretFormatException>(() => provider.GetRequiredBytes("BAD"));
        Assert.DoesNotContain("not*base64", error.ToString(), StringComparison.Ordinal);
        using var buffer = provider.GetRequiredBuffer("BAD");
        Assert.Equal("not*base64"u8.ToArray(), buffer.Span.ToArray());
    }

    [Fact]
    public void Constructor_NoSource_Throws()
    {
        Assert.Throws<ArgumentException>(() => new SecretProvider());
        Assert.Throws<ArgumentException>(() => new SecretProvider((ISecretSource)null!));
        Assert.Throws<ArgumentNullException>(() => SecretProvider.Default = null);
        Assert.Throws<ArgumentException>(() => new FileSecretSource("relative"));
    }
}
