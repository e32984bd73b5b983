using SecurityToolchain.Runtime.Cryptography;

namespace HardenedShop.Accounts;

public sealed class Invitations
{
    private readonly Dictionary<string, string> _addressByToken = [];

    public Uri Invite(string address)
    {
        string inviteToken = SecureRandom.Base64Url();
        _addressByToken[inviteToken] = address;
        return new Uri("https://shop.example/join/" + inviteToken);
    }
}
