using SecurityToolchain.Runtime.Cryptography;
using SecurityToolchain.Runtime.Secrets;

namespace HardenedShop.Payments;

public sealed class CardVault(SecretProvider secrets) : IDisposable
{
    private readonly AeadEncryption _encryption = new(secrets.GetRequiredBytes("Vault:Key"));

    public byte[] EncryptCard(byte[] card) => _encryption.Encrypt(card, "card"u8);

    public byte[] EncryptAddress(byte[] address) => _encryption.Encrypt(address, "address"u8);

    public IReadOnlyList<byte[]> EncryptAll(IEnumerable<byte[]> cards) => [.. cards.Select(card => EncryptCard(card))];

    public void Dispose() => _encryption.Dispose();
}
