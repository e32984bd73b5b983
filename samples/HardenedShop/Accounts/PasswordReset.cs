using SecurityToolchain.Runtime.Cryptography;

namespace HardenedShop.Accounts;

public sealed class PasswordReset
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public string CreateTemporaryPassword() => SecureRandom.Token(12, Alphabet);

    public string CreateOneTimeCode() => SecureRandom.Token(6, SecureRandom.Digits);

    public string CreateResetToken(int accountId) => accountId + "-" + SecureRandom.Base64Url();
}
