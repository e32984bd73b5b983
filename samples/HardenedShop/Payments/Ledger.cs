using System.Security.Cryptography;

namespace HardenedShop.Payments;

public sealed class Ledger
{
    public static byte[] Wrap(RSA publicKey, byte[] key) => publicKey.Encrypt(key, RSAEncryptionPadding.OaepSHA256);

    public static byte[] DeriveKey(string passphrase, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, 600_000, HashAlgorithmName.SHA256, 32);

    public static bool IsAuthentic(byte[] key, byte[] entry, byte[] tag) => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, entry), tag);
}
