using System.Globalization;
using System.Text;

namespace InsecureShop.Accounts;

public sealed class PasswordReset
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly Random _random = new();

    public string CreateTemporaryPassword()
    {
        var password = new StringBuilder();
        for (int i = 0; i < 12; i++)
            password.Append(Alphabet[_random.Next(Alphabet.Length)]);
        return password.ToString(); // expect STC2008
    }

    public string CreateOneTimeCode()
    {
        int otp = Random.Shared.Next(100000, 1000000); // expect STC2008
        return otp.ToString(CultureInfo.InvariantCulture);
    }

    public string CreateResetToken(int accountId)
    {
        string resetToken = accountId + "-" + DateTime.UtcNow.Ticks; // expect STC2009
        return resetToken;
    }
}
