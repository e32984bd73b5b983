using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class PasswordHasherTests
{
    private static readonly PasswordHashOptions s_argon2 = new() { Algorithm = PasswordHashAlgorithm.Argon2id };

    public static TheoryData<PasswordHashAlgorithm> Algorithms => new(Enum.GetValues<PasswordHashAlgorithm>());

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Verify_RightAndWrongPasswords_SaysWhich(PasswordHashAlgorithm algorithm)
    {
        using var hasher = new PasswordHasher(new PasswordHashOptions { Algorithm = algorithm });
        string hash = hasher.Hash("pässword");
        Assert.Equal(PasswordVerification.Success, hasher.Verify("pässword", hash));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify("passw0rd", hash));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify("", hash));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify("pa\uD800", hash));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify(new string('x', 1025), hash));
        Assert.NotEqual(hash, hasher.Hash("pässword"));
        Assert.Matches(
            algorithm == PasswordHashAlgorithm.Argon2id
                ? @"\A\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}\z"
                : @"\A\$pbkdf2-sha512\$i=210000\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}\z",
            hash);
    }

    [Fact]
    public void Verify_HashOfTheReferenceLibrary_IsAccepted()
    {
        Assert.SkipUnless(LibArgon2.IsPresent, "libargon2.so.1 is not on this machine");
        byte[] salt = "0123456789abcdef"u8.ToArray();
        byte[] hash = LibArgon2.Hash("hunter2"u8.ToArray(), salt, 3, 4096, 2, 32);
        string encoded = $"$argon2id$v=19$m=4096,t=3,p=2${Convert.ToBase64String(salt).TrimEnd('=')}${Convert.ToBase64String(hash).TrimEnd('=')}";
        using var hasher = new PasswordHasher();
        Assert.Equal(PasswordVerification.SuccessRehashNeeded, hasher.Verify("hunter2", encoded));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify("hunter3", encoded));
    }

    [Fact]
    public void Verify_OldCostOrAlgorithm_AsksForARehash()
    {
        using var old = new PasswordHasher();
        using var dearer = new PasswordHasher(new PasswordHashOptions { Iterations = 220_000 });
        using var argon = new PasswordHasher(s_argon2);
        string hash = old.Hash("secret");
        Assert.Equal(PasswordVerification.SuccessRehashNeeded, dearer.Verify("secret", hash));
        Assert.Equal(PasswordVerification.SuccessRehashNeeded, argon.Verify("secret", hash));
        Assert.False(old.NeedsRehash(hash));
        Assert.True(dearer.NeedsRehash(hash));
        Assert.True(dearer.NeedsRehash("garbage"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("$argon2id$v=19$m=4194304,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$argon2id$v=19$m=19456,t=999999,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$argon2id$v=18$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$argon2id$v=19$m=7,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$pbkdf2-sha512$i=0$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$pbkdf2-sha512$i=99999999999$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZh$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg")]
    [InlineData("$pbkdf2-sha512$i=1000$$")]
    [InlineData("$pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$")]
    public void Verify_HashThatCannotBeUsed_FailsAfterTheWorkOfAWrongPassword(string? stored)
    {
        using var hasher = new PasswordHasher();
        Assert.Equal(PasswordVerification.Failed, hasher.Verify("secret", stored));
        Assert.Equal(210_000, hasher.LastVerifiedCost);
    }

    [Fact]
    public void Hash_PasswordOutOfRange_ThrowsWithoutQuotingIt()
    {
        using var hasher = new PasswordHasher(new PasswordHashOptions { MaxPasswordSizeInBytes = 64 });
        Assert.Throws<ArgumentException>(() => hasher.Hash(""));
        ArgumentException error = Assert.Throws<ArgumentException>(() => hasher.Hash(new string('€', 22)));
        Assert.DoesNotContain("€", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(hasher.Hash(new string('€', 21)));
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordHasher(new PasswordHashOptions { Iterations = 209_999 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordHasher(new PasswordHashOptions { Argon2 = new Argon2Parameters(19_455, 2) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordHasher(new PasswordHashOptions { Argon2 = new Argon2Parameters(19_456, 1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordHasher(new PasswordHashOptions { MaxPasswordSizeInBytes = 63 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordHasher(new PasswordHashOptions { MaxConcurrency = 0 }));
        // A cost that no stored hash may have, since it could not be checked any more.
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordHasher(new PasswordHashOptions { Argon2 = new Argon2Parameters(1_048_577, 2) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordHasher(new PasswordHashOptions { Argon2 = new Argon2Parameters(19_456, 65) }));
        Assert.Throws<ArgumentException>(() => new PasswordHasher(new PasswordHashOptions { Algorithm = (PasswordHashAlgorithm)9 }));
        using var cheaperMemory = new PasswordHasher(new PasswordHashOptions { Algorithm = PasswordHashAlgorithm.Argon2id, Argon2 = new Argon2Parameters(7_168, 5) });
        Assert.Equal(PasswordVerification.Success, cheaperMemory.Verify("p", cheaperMemory.Hash("p")));
    }
}
