namespace InsecureShop.Accounts;

public sealed class Invitations
{
    private readonly Dictionary<string, string> _addressByToken = [];

    public Uri Invite(string address)
    {
        string inviteToken = Guid.CreateVersion7().ToString("N"); // expect STC2009
        _addressByToken[inviteToken] = address;
        return new Uri("https://shop.example/join/" + inviteToken);
    }
}
