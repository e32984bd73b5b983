using System.Security.Cryptography;

namespace InsecureShop.Payments;

public sealed class CardVault(IConfiguration configuration)
{
    private static readonly byte[] s_iv = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    private readonly byte[] _key = Convert.FromBase64String(configuration["Vault:Key"] ?? throw new InvalidOperationException("Vault:Key is not set."));

    public byte[] EncryptCard(byte[] card)
    {
        var nonce = new byte[12];
        var ciphertext = new byte[card.Length];
        var tag = new byte[16];
        using var gcm = new AesGcm(_key, tag.Length);
        gcm.Encrypt(nonce, card, ciphertext, tag); // expect STC2005
        return [.. nonce, .. ciphertext, .. tag];
    }

    public byte[] EncryptAddress(byte[] address)
    {
        using Aes aes = Aes.Create();
        aes.Key = _key;
        return aes.EncryptCbc(address, s_iv); // expect STC2005
    }

    public IReadOnlyList<byte[]> EncryptAll(IEnumerable<byte[]> cards)
    {
        using var gcm = new AesGcm(_key, 16);
        byte[] nonce = RandomNumberGenerator.GetBytes(12);
        var encrypted = new List<byte[]>();
        foreach (byte[] card in cards)
        {
            var ciphertext = new byte[card.Length];
            var tag = new byte[16];
            gcm.Encrypt(nonce, card, ciphertext, tag); // expect STC2006
            encrypted.Add([.. nonce, .. ciphertext, .. tag]);
        }

        return encrypted;
    }
}
