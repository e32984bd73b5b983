using System.Security.Cryptography;

namespace InsecureShop.Payments;

public sealed class LegacyLedger
{
    public static SymmetricAlgorithm OldCipher() => TripleDES.Create(); // expect STC2002

    public static byte[] Protect(byte[] key, byte[] entry)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        aes.Mode = CipherMode.ECB; // expect STC2003
        using ICryptoTransform transform = aes.CreateEncryptor();
        return transform.TransformFinalBlock(entry, 0, entry.Length);
    }

    public static byte[] Wrap(RSA publicKey, byte[] key) => publicKey.Encrypt(key, RSAEncryptionPadding.Pkcs1); // expect STC2004

    public static byte[] DeriveKey(string passphrase, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, 10_000, HashAlgorithmName.SHA256, 32); // expect STC2007

    public static bool IsAuthentic(byte[] key, byte[] entry, byte[] tag) => HMACSHA256.HashData(key, entry).SequenceEqual(tag); // expect STC2010
}
